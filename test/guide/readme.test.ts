/** The README's commands, as a visitor types them. Servers have their own network: 8080 is free */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { kBin } from '../cli/program.ts';
import { pageOf } from './page.ts';

const kReadme = join(import.meta.dirname, '../../README.md');
const kMark = '@@ command ';
const place = mkdtempSync(join(tmpdir(), 'readme-'));

afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Command {
  readonly command: string;
  /** The comment that follows it. */
  readonly comment: string;
}

function commandsOf(text: string): readonly Command[] {
  const shell = pageOf(text).fences.filter(({ language }) => language === 'sh');
  const lines = shell.flatMap(({ code }) => code.trimEnd().split('\n'));
  return lines.map((line) => {
    const [command = '', comment = ''] = line.split(/\s+# /);
    return { command, comment };
  });
}

/** Without the last section: its commands run the gate, which includes this test. */
const commands = commandsOf(readFileSync(kReadme, 'utf8')).filter(
  ({ command }) => !command.startsWith('npm install'),
);

/** The folders for commands that aren't typed where the previous command left the reader. */
const kPlaces: readonly (readonly [command: string, folder: string])[] = [
  ['create-hpserver regenerate', 'my-server'],
  ['create-hpserver options', '.'],
  ['create-hpserver pack new', 'packs'],
];

/** If the wizard would ask, the reader accepts its defaults. */
function writeCommands(): string {
  const folder = join(place, 'commands');
  mkdirSync(folder);
  const node = `${process.execPath} ${kBin}`;
  const texts = {
    'create-hpserver': `case "$*" in *--pack*) set -- "$@" --yes --no-build;; esac\nexec ${node} "$@"`,
    npm: `case "$1" in create) shift 2; exec ${node} "$@" --yes --no-git;; esac
PATH=\${PATH#*:} exec npm "$@"`,
  };
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** A server keeps running in the background. */
function typed({ command }: Command): string {
  if (!command.endsWith('npm start')) return command;
  const log = join(place, 'server.log');
  const waits = `until grep -q 'listening on' ${log}; do sleep 0.1; done`;
  return `${command.replace(' && npm start', '')}\nnpm start > ${log} 2>&1 &\nSERVER=$!\n${waits}; cat ${log}`;
}

/** The first command needs the registry. */
const [create, ...others] = commands;

function scriptOf(): string {
  const steps = others.map((each, index) => {
    const found = kPlaces.find(([start]) => each.command.startsWith(start));
    const enter =
      found === undefined ? '' : `mkdir -p ${join(place, found[1])}; cd ${join(place, found[1])}\n`;
    const mark = `printf '\\n%s\\n' '${kMark}${index}'`;
    return `${enter}${mark}\n${typed(each)}\nprintf '\\nexit=%s\\n' $?`;
  });
  return `exec 2>&1\nip link set lo up\ncd ${place}\n${steps.join('\n')}\nkill $SERVER; wait $SERVER\n`;
}

const canHaveNetwork = spawnSync('unshare', ['--net', 'true']).status === 0;

describe.skipIf(!canHaveNetwork)('README', () => {
  let said: readonly string[] = [];

  beforeAll(() => {
    const script = join(place, 'script.sh');
    writeFileSync(script, scriptOf());
    const env = {
      ...process.env,
      ...quickBuilds(),
      PATH: `${writeCommands()}:${process.env.PATH}`,
    };
    const made = spawnSync('sh', ['-c', create?.command ?? ''], {
      cwd: place,
      encoding: 'utf8',
      env,
    });
    expect(made.status, made.stdout + made.stderr).toBe(0);
    const { stdout } = spawnSync('unshare', ['--net', 'sh', script], { encoding: 'utf8', env });
    said = stdout.split(new RegExp(`^${kMark}.*\n`, 'm')).slice(1);
  }, 900_000);

  test('has commands', () => {
    expect(others.length).toBeGreaterThan(10);
    expect(said).toHaveLength(others.length);
  });

  test.each(others.map((each, index) => ({ ...each, index })))('$command', ({ comment, index }) => {
    expect(said[index]).toMatch(/^exit=0$/m);
    // Output of a request or a server is a promise, other comments are prose.
    if (/^(Hello|\{|and back|listening)/.test(comment)) expect(said[index]).toContain(comment);
  });
});
