/** Packs plant code that runs only later: it is written, but neither installed nor built (P2). */

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { emptyFolder, run } from '../../cli/program.ts';

const folder = emptyFolder();
const calls = join(folder, 'calls');

/** Every tool that an install or a build starts only reports that it was started. */
for (const tool of ['npm', 'cmake', 'ninja', 'g++', 'node-gyp']) {
  const file = join(folder, 'bin', tool);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${tool} "$@" >> ${calls}\necho 99.0.0\n`);
  chmodSync(file, 0o755);
}
vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env.PATH}`);
afterAll(() => vi.unstubAllEnvs());

const env = { XDG_CACHE_HOME: join(folder, 'cache'), XDG_CONFIG_HOME: join(folder, 'config') };

function packOf(place: string, files: Readonly<Record<string, string>>): void {
  const planned = Object.keys(files)
    .filter((path) => path.startsWith('templates/'))
    .map((path) => ({
      from: path.slice('templates/'.length),
      to: path.slice('templates/'.length),
    }));
  const document = { name: 'ours', version: '1.0.0', files: planned };
  const all = { 'hppack.json': JSON.stringify(document), ...files };
  for (const [path, text] of Object.entries(all)) {
    const file = join(folder, place, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Without line breaks. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** What was started to install or to build, apart from version queries. */
function startedBy(): readonly string[] {
  const said = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  writeFileSync(calls, '');
  return said.filter((line) => line !== '' && !/ (?:--version|-dumpversion)/.test(line));
}

const kTricks: readonly [string, string, Readonly<Record<string, string>>][] = [
  [
    'a command of CMake in a block',
    'cpp',
    { 'partials/cmake-end.hbs': 'execute_process(COMMAND touch /PWNED)\n' },
  ],
  [
    'a module of CMake',
    'cpp',
    { 'templates/cmake/own.cmake': 'execute_process(COMMAND touch /PWNED)\n' },
  ],
  [
    'a binding.gyp, which npm builds by itself',
    'typescript',
    { 'templates/binding.gyp': '{"targets": [{"target_name": "<!(touch /PWNED)"}]}\n' },
  ],
  [
    'an .npmrc that names programs',
    'typescript',
    { 'templates/.npmrc': 'script-shell=./t.sh\ngit=./t.sh\n' },
  ],
  [
    'submodules',
    'typescript',
    { 'templates/.gitmodules': '[submodule "x"]\npath = x\nurl = -u./t.sh\nupdate = !./t.sh\n' },
  ],
  [
    'a .gitattributes with filters',
    'typescript',
    { 'templates/sub/.gitattributes': '* filter=evil diff=evil\n' },
  ],
  [
    'a setting of Vite, which the tests read',
    'typescript',
    { 'templates/vitest.workspace.ts': 'throw 1;\n' },
  ],
];

describe.each(kTricks)('%s', (title, language, files) => {
  const place = title.toLowerCase().replaceAll(/\W+/g, '-');
  packOf(place, files);
  const make = (name: string, ...flags: readonly string[]) => {
    const args = [name, '--yes', '--language', language, '--pack', `./${place}`, ...flags];
    return run(args, { cwd: folder, env });
  };

  test('is written, and nothing is installed or built', async () => {
    const { status, err } = await make(`${place}-plain`);
    expect(status).toBe(0);
    expect(startedBy()).toEqual([]);
    expect(words(err)).toMatch(
      /neither installed nor built: .*ours 1\.0\.0 .*you have not trusted it/,
    );
    expect(err).toContain('Next');
  });

  test('is built where the user trusts the pack', async () => {
    expect(await make(`${place}-trusted`, '--trust', '--no-git')).toMatchObject({ status: 0 });
    expect(startedBy()).not.toEqual([]);
  });
});

test('who asks for the build is told by the exit code that it was not made', async () => {
  packOf('asked', { 'templates/a.txt': 'a\n' });
  const args = ['asked-for', '--yes', '--build', '--no-git', '--pack', './asked'];
  expect(await run(args, { cwd: folder, env })).toMatchObject({ status: 5 });
  expect(existsSync(join(folder, 'asked-for/a.txt'))).toBe(true);
  expect(startedBy()).toEqual([]);
});

test('"pack test --build" needs trust too, and "pack explain" says so', async () => {
  packOf('explained', { 'templates/a.txt': 'a\n' });
  const built = await run(['pack', 'test', './explained', '--build'], { cwd: folder, env });
  expect(built).toMatchObject({ status: 5 });
  expect(startedBy()).toEqual([]);
  const { out } = await run(['pack', 'explain', './explained'], { cwd: folder, env });
  expect(words(out)).toMatch(/can run code when a project is installed or built/);
  expect(out).not.toContain('needs no trust');
});
