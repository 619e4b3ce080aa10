/**
 * The built program does what its sources do, command by command: other tests run only the sources.
 */

import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { completionGrammar } from '../../src/cli/completion/grammar.ts';
import { catalog } from '../../src/project.ts';
import { fastFolder, run, runBuilt } from '../cli/program.ts';
import { newProject, projectIn } from './project.ts';

const kPack = fileURLToPath(new URL('../../examples/pack-observability', import.meta.url));

/** Each is typed in a project that was regenerated once, and edited since. */
const kLines = [
  'other --yes --language cpp --no-build --no-git',
  'other --answers - --no-build --no-git',
  'regenerate --io select',
  'regenerate --io epol',
  'add route users --path /users',
  'check',
  'status --json',
  'diff --mine',
  'undo --edited keep',
  `pack explain ${kPack}`,
  'pack new ours',
  'pack lint --help',
  'pack test --help',
  'options --json',
  'explain io.model',
  'doctor --help',
  'completion bash',
] as const;

const root = fastFolder();
const lived = await newProject();
await lived.command('regenerate', '--io', 'poll');
lived.edit('src/main.cc', (text) => `${text}// mine\n`);

/** Everything a command leaves that is visible from outside its folder. */
async function traces(runs: typeof run | typeof runBuilt, args: readonly string[]) {
  const around = mkdtempSync(join(root, 'around-'));
  const cwd = join(around, 'my-server');
  cpSync(lived.directory, cwd, { recursive: true });
  const input = '{"name": "other", "language": "typescript", "application": "http"}';
  const { status, out, err } = await runs(args, { cwd, input });
  // The undo record contains the time.
  const files = [...projectIn(around).bytes()].filter(
    ([path]) => !path.includes('/.hpserver/undo/'),
  );
  return {
    status,
    out: out.replaceAll(around, ''),
    err: err.replaceAll(around, ''),
    files,
  };
}

test.each(kLines)('%s', async (line) => {
  const args = line.split(' ');
  expect(await traces(runBuilt, args)).toEqual(await traces(run, args));
});

test('no command is left out', () => {
  const { commands } = completionGrammar(catalog);
  const tried = kLines.map((line) => line.split(' ')[0]);
  expect(tried).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
});

test.each([
  // There is nothing left to wait for except what never comes.
  ['waits for ever', 'await new Promise(() => {});', 1, 'The run stopped before it was finished'],
  ['loops for ever', 'for (;;);', null, 'helpers.js of the pack did not finish within'],
])('code that %s is told of, and is no success (P13)', (_, text, code, message) => {
  const folder = fastFolder();
  const pack = join(folder, 'ours');
  mkdirSync(pack);
  const document = { name: 'ours', version: '1.0.0', helpers: 'helpers.js' };
  writeFileSync(join(pack, 'hppack.json'), JSON.stringify(document));
  writeFileSync(join(pack, 'helpers.js'), `export const x = 1;\n${text}\n`);
  const args = ['made', '--yes', '--pack', './ours', '--trust', '--no-build', '--no-git'];
  const { status, err } = runBuilt(args, { cwd: folder });
  expect(status).toBe(code);
  expect(err).toContain(message);
  expect(existsSync(join(folder, 'made'))).toBe(false);
});
