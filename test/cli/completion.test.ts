/** The completion scripts, in the real shells. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, output, run } from './program.ts';
import { terminals } from './terminal.ts';

const folder = emptyFolder();
const open = terminals();

async function script(shell: string): Promise<string> {
  const file = join(folder, `completion.${shell}`);
  const { status, out } = await run(['completion', shell], { cwd: folder });
  expect(status).toBe(0);
  writeFileSync(file, out);
  return file;
}

/** What is typed, what must be suggested, and what must not be. */
const cases: readonly (readonly [string, readonly string[], string])[] = [
  ['--io-m', ['--io-model'], '--name'],
  ['--language ', ['typescript', 'cpp'], '--name'],
  ['--io ', ['epoll', 'io_uring'], 'reactor'],
  ['--preset c', ['classroom'], 'default'],
  ['exp', ['explain'], 'doctor'],
  ['explain io.', ['io.model', 'io.trigger'], 'language'],
  ['--set io.m', ['io.model=epoll', 'io.model=poll'], 'io.trigger=edge'],
  ['regenerate --set la', ['language=cpp'], 'io.model=epoll'],
  ['doctor --f', ['--fix', '--for'], '--json'],
  ['completion z', ['zsh'], 'bash'],
  ['regenerate --on-conflict ', ['abort', 'keep', 'take', 'markers'], '--name'],
  ['regenerate --io ', ['epoll', 'io_uring'], '--name'],
  ['regenerate --di', ['--directory', '--diff'], '--json'],
  ['add ', ['route', 'deploy'], 'docker'],
  ['add deploy ', ['docker', 'systemd'], 'route'],
  ['add route --method ', ['GET', 'PATCH'], 'route'],
  ['add route --m', ['--method'], '--port'],
  ['undo --edited ', ['keep', 'overwrite'], '--json'],
  ['pack ', ['new', 'lint', 'explain'], '--json'],
  ['pack test --', ['--update', '--build'], '--languages'],
  ['pack explain --', ['--json'], '--pack'],
  ['options --p', ['--pack'], '--json'],
];

describe('bash', async () => {
  const file = await script('bash');

  test.each([
    ...cases,
    ['explain io.model = e', ['epoll'], 'poll'] as const,
    ['--set io.model = e', ['epoll'], 'poll'] as const,
  ])('completes "%s"', (typed, wanted, unwanted) => {
    const ask = `source "$0"; COMP_WORDS=(create-hpserver $1); [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _create_hpserver; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const replies = output('bash', ['--norc', '-c', ask, file, typed], folder).split('\n');
    expect(replies).toEqual(expect.arrayContaining([...wanted]));
    expect(replies).not.toContain(unwanted);
  });
});

describe('fish', async () => {
  const file = await script('fish');

  test.each(cases)('completes "%s"', (typed, wanted, unwanted) => {
    const ask = `source ${file}; complete -C 'create-hpserver ${typed}'`;
    const lines = output('fish', ['--no-config', '-c', ask], folder).split('\n');
    const replies = lines.map((line) => line.split('\t')[0]);
    expect(replies).toEqual(expect.arrayContaining([...wanted]));
    expect(replies).not.toContain(unwanted);
  });
});

describe('zsh', async () => {
  const file = await script('zsh');

  test('completes by the Tab key', async () => {
    const terminal = open({ command: 'zsh -f', cwd: folder, columns: 100 });
    terminal.type(`PS1='ready> '; autoload -U compinit; compinit -D -u; source ${file}; clear`);
    terminal.press('Enter');
    await terminal.shows(/^ready>$/m);
    const completes = async (typed: string, wanted: RegExp) => {
      terminal.press('C-u');
      terminal.type(`create-hpserver ${typed}`);
      terminal.press('Tab');
      await terminal.shows(wanted);
    };
    await completes('--io-m', /create-hpserver --io-model=/);
    await completes('--language=c', /create-hpserver --language=cpp/);
    await completes('exp', /create-hpserver explain/);
    await completes('explain io.m', /create-hpserver explain io\.model/);
    await completes('add dep', /create-hpserver add deploy/);
    await completes('add deploy dock', /create-hpserver add deploy docker/);
    await completes('pack te', /create-hpserver pack test/);
    await completes('undo --edited=o', /create-hpserver undo --edited=overwrite/);
    await completes('doctor --fi', /create-hpserver doctor --fix/);
  });
});
