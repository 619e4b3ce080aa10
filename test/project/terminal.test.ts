/** Conflicts and changed answers at a real terminal. */

import { expect, test } from 'vitest';
import { kBin } from '../cli/program.ts';
import { type Terminal, terminals } from '../cli/terminal.ts';
import { newProject, type Project } from './project.ts';

const open = terminals();

function start(
  project: Project,
  flags: string,
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const command = `${process.execPath} ${kBin} ${flags}`;
  return open({ command, cwd: project.directory, columns: 100, rows: 50, env });
}

async function conflicting(): Promise<Project> {
  const project = await newProject();
  project.edit('src/main.cc', (text) => text.replaceAll('EpollPoller', 'MyPoller'));
  project.edit('README.md', (text) => text.replace(/^# .*$/m, '# Mine'));
  project.edit('README.md', (text) => text.replaceAll('epoll', 'my-poll'));
  return project;
}

test('a conflict is shown, looked at, and decided; keeping is the default', async () => {
  const project = await conflicting();
  const terminal = start(project, 'regenerate --io poll');
  await terminal.shows(/Conflict 1 of 2: README\.md/);
  terminal.press('Enter');
  await terminal.shows(/Conflict 2 of 2: src\/main\.cc/);
  terminal.press('Down', 'Down', 'Down', 'Enter');
  await terminal.shows(/\+.*PollPoller/);
  terminal.press('Down', 'Enter');
  await terminal.shows('exit=0');
  expect(project.read('README.md')).toMatch(/^# Mine$/m);
  expect(project.read('src/main.cc')).not.toContain('MyPoller');
});

test('one decision can be for all', async () => {
  const project = await conflicting();
  const terminal = start(project, 'regenerate --io poll');
  await terminal.shows(/Conflict 1 of 2/);
  terminal.press('Up', 'Up', 'Enter');
  await terminal.shows('exit=0');
  expect(project.read('src/main.cc')).not.toContain('MyPoller');
  expect(project.read('README.md')).not.toMatch(/^# Mine$/m);
});

test('markers can be for all, too, and are conflicts still (P7)', async () => {
  const project = await conflicting();
  const terminal = start(project, 'regenerate --io poll');
  await terminal.shows(/Conflict 1 of 2/);
  terminal.press('Up', 'Enter');
  await terminal.shows('exit=3');
  for (const path of ['src/main.cc', 'README.md']) {
    expect(project.read(path)).toMatch(/^<{7} .*[\s\S]*^>{7} /m);
  }
});

test('the editor gets both, and what it leaves is taken', async () => {
  const project = await conflicting();
  const editor = "sed -i -e '/^[<|]/d' -e '/^=/,/^>/d'";
  const terminal = start(project, 'regenerate --io poll', { EDITOR: `"${editor}"` });
  await terminal.shows(/Conflict 1 of 2/);
  terminal.press('Enter');
  await terminal.shows(/Conflict 2 of 2/);
  terminal.press('Down', 'Down', 'Down', 'Down', 'Enter');
  await terminal.shows('exit=0');
  expect(project.read('src/main.cc')).toContain('MyPoller');
  expect(project.read('src/main.cc')).not.toMatch(/^[<=>]{7}/m);
});

test('Ctrl-C leaves everything as it was', async () => {
  const project = await conflicting();
  const before = project.bytes();
  const terminal = start(project, 'regenerate --io poll');
  await terminal.shows(/Conflict 1 of 2/);
  terminal.press('C-c');
  await terminal.shows('exit=130');
  expect(project.bytes()).toEqual(before);
});

test('without a word the wizard opens, and every answer stands where it was', async () => {
  const project = await newProject();
  const terminal = start(project, 'regenerate');
  await terminal.shows(/Name\n/);
  terminal.press('Enter');
  await terminal.shows(/❯ C\+\+/);
  terminal.press('Enter');
  await terminal.shows(/Application\n/);
  terminal.press('Enter');
  await terminal.shows(/❯ foreground/);
  terminal.press('Enter');
  await terminal.shows(/❯ Customise/);
  terminal.press('Enter');
  await terminal.shows(/❯ epoll/);
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test('what add is not told it asks, the kind first', async () => {
  const project = await newProject();
  const terminal = start(project, 'add');
  await terminal.shows(/❯ route/);
  terminal.press('Enter');
  await terminal.shows(/Name\n/);
  terminal.type('users');
  terminal.press('Enter');
  for (const page of [/Method\n/, /Path\n/, /Ready to generate/]) {
    await terminal.shows(page);
    terminal.press('Enter');
  }
  await terminal.shows('exit=0');
  expect(project.read('src/routes.cc')).toContain('users');
});
