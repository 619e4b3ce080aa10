/** The section "Change it later" of the emitted READMEs: its commands, as written (U3). */

import { expect, test } from 'vitest';
import { type Language, newProject } from './project.ts';

/** The arguments of each `npx create-hpserver …` in the section, without the comments. */
function commandsIn(readme: string): readonly (readonly string[])[] {
  const section = /^## Change it later\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
  const lines = [...section.matchAll(/^npx create-hpserver ([^#\n]+)/gm)];
  return lines.map(([, words = '']) => words.trim().split(/\s+/));
}

test.each<Language>(['cpp', 'typescript'])('each command works in %s', async (language) => {
  const project = await newProject(language);
  const before = project.bytes();
  const commands = commandsIn(project.read('README.md'));
  expect(commands.map(([name]) => name)).toEqual(['add', 'regenerate', 'check', 'undo']);
  for (const command of commands) {
    expect(await project.command(...command), command.join(' ')).toMatchObject({ status: 0 });
  }
  // The last of them reverts the first one.
  expect(project.bytes()).toEqual(before);
});
