/** A new project in a folder that isn't empty: what is there stays (U1). */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fastFolder, type Run, run } from '../cli/program.ts';
import { type Project, projectIn } from '../project/project.ts';

const root = fastFolder();

/** A folder its user has started. */
function begun(files: Readonly<Record<string, string>>): Project {
  const directory = join(mkdtempSync(join(root, 'begun-')), 'app');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return projectIn(directory);
}

function create({ directory }: Project, ...more: readonly string[]): Promise<Run> {
  const flags = ['--language', 'cpp', '--yes', '--no-build', '--no-git', ...more];
  return run(['app', ...flags], { cwd: dirname(directory) });
}

test('a cloned repository with a licence of its own is generated into', async () => {
  const project = begun({ LICENSE: 'mine\n', '.DS_Store': 'x', 'notes/a.txt': 'a\n' });
  execFileSync('git', ['init', '-q'], { cwd: project.directory });
  expect(await create(project)).toMatchObject({ status: 0 });
  expect(project.read('LICENSE')).toBe('mine\n');
  expect(project.read('notes/a.txt')).toBe('a\n');
  expect(project.read('src/main.cc')).toContain('int main');
  expect(await project.command('check')).toMatchObject({ status: 0 });
});

test('a file of that name is a conflict, and nothing is written until it ends', async () => {
  const project = begun({ 'README.md': '# Mine\n' });
  const before = project.bytes();
  const refused = await create(project);
  expect(refused.status).toBe(3);
  expect(refused.err).toContain('README.md');
  expect(refused.err).toContain('--on-conflict');
  expect(await create(project, '--dry-run')).toMatchObject({ status: 3 });
  expect((await create(project, '--dry-run', '--diff')).out).toMatch(/^-# Mine/m);
  expect(project.bytes()).toEqual(before);
});

test.each([
  ['keep', /^# Mine\n$/, 0],
  ['take', /^# app\n/, 0],
  ['markers', /^<{7} [\s\S]*# Mine/m, 3],
])('--on-conflict %s ends it', async (way, text, status) => {
  const project = begun({ 'README.md': '# Mine\n', 'own.txt': 'x' });
  const created = await create(project, '--on-conflict', way);
  expect(created).toMatchObject({ status, err: expect.stringContaining('Wrote') });
  expect(project.read('README.md')).toMatch(text);
  expect(project.read('own.txt')).toBe('x');
  expect(project.read('.hpserver/state.json')).toContain('README.md');
});

test('what is equal already is taken as it is, and undo leads back to what was there', async () => {
  const project = begun({ 'src/own.cc': 'int own;\n' });
  const before = project.bytes();
  expect(await create(project)).toMatchObject({ status: 0 });
  expect(await project.command('undo')).toMatchObject({ status: 0 });
  expect(project.bytes()).toEqual(before);
  expect(await create(project)).toMatchObject({ status: 0 });
});

test('a repository or a link within is not written into', async () => {
  const project = begun({ 'public/.git': 'gitdir: ../.git/modules/public\n', 'x/a': 'a' });
  symlinkSync(root, join(project.directory, 'src'));
  const refused = await create(project);
  expect(refused.status).toBe(3);
  const said = refused.err.replace(/\s+/g, ' ');
  expect(said).toContain('public is a separate project');
  expect(said).toContain('src is a symbolic link that leads out of the project');
});

test.each([
  ['up and away', (folder: string) => ['../elsewhere/app', join(dirname(folder), 'elsewhere/app')]],
  ['absolute', (folder: string) => [join(folder, 'a/b/app'), join(folder, 'a/b/app')]],
  ['with blanks', (folder: string) => ['My Server', join(folder, 'My Server')]],
])('any directory is taken: %s (U2)', async (_, placeIn) => {
  const folder = join(mkdtempSync(join(root, 'any-')), 'here');
  mkdirSync(folder);
  const [typed = '', place = ''] = placeIn(folder);
  const flags = ['--language', 'cpp', '--yes', '--no-build', '--no-git', '--name', 'app'];
  const { status, err } = await run([typed, ...flags], { cwd: folder });
  expect({ status, err }).toMatchObject({ status: 0 });
  expect(await projectIn(place).command('check')).toMatchObject({ status: 0 });
});
