/** Other projects below a project, and what git ignores: never examined, never written. */

import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newProject, type Project, reportOf } from '../project/project.ts';

/** A copy of the project below itself, as when it is one of several services. */
function nested(project: Project, folder: string): string {
  const copy = join(dirname(project.directory), 'copy');
  cpSync(project.directory, copy, { recursive: true });
  const place = join(project.directory, folder);
  mkdirSync(dirname(place), { recursive: true });
  renameSync(copy, place);
  return place;
}

function without(folder: string, ...paths: readonly string[]): void {
  for (const path of paths) rmSync(join(folder, path), { recursive: true, force: true });
}

test.each([
  ['.hpserver', (folder: string) => without(folder, 'hpserver.json')],
  ['hpserver.json', (folder: string) => without(folder, '.hpserver')],
  [
    'a repository',
    (folder: string) => {
      without(folder, '.hpserver', 'hpserver.json');
      mkdirSync(join(folder, '.git'));
    },
  ],
  [
    'the .git of a submodule or a linked worktree',
    (folder: string) => {
      without(folder, '.hpserver', 'hpserver.json');
      writeFileSync(join(folder, '.git'), 'gitdir: ../../.git/worktrees/b\n');
    },
  ],
])('a missing file is not looked for in a folder with %s (P1)', async (_, made) => {
  const project = await newProject('typescript');
  made(nested(project, 'services/b'));
  rmSync(join(project.directory, 'src/main.ts'));
  const before = project.bytes();
  const { files } = reportOf(await project.command('regenerate', '--io', 'poll', '--json'));
  expect(files.filter(({ path }) => path.startsWith('services/'))).toEqual([]);
  const nestedOnes = (bytes: ReadonlyMap<string, string>) =>
    [...bytes].filter(([path]) => path.startsWith('services/'));
  expect(nestedOnes(project.bytes())).toEqual(nestedOnes(before));
  expect((await project.command('status')).out).not.toContain('services/');
});

test('what git ignores is not looked at (P1)', async () => {
  const project = await newProject();
  project.write('.gitignore', `${project.read('.gitignore')}/old/\n*.bak.cc\n!kept.bak.cc\n`);
  mkdirSync(join(project.directory, 'old'));
  const main = project.read('src/main.cc');
  for (const path of ['old/main.cc', 'a.bak.cc', 'kept.bak.cc']) project.write(path, main);
  const { out } = await project.command('status');
  expect(out).toContain('kept.bak.cc');
  expect(out).not.toMatch(/old\/main|a\.bak/);
});

test('a folder of ours that became a repository of its own is a conflict, and is kept (P1)', async () => {
  const project = await newProject();
  mkdirSync(join(project.directory, 'public/.git'), { recursive: true });
  const before = project.bytes();
  const refused = await project.command('regenerate', '--name', 'other');
  expect(refused.status).toBe(3);
  expect(refused.err).toContain('public is a separate project, with its own .git');
  expect(project.bytes()).toEqual(before);
  const flags = ['--name', 'other', '--on-conflict', 'keep'];
  expect(await project.command('regenerate', ...flags)).toMatchObject({ status: 0 });
  const inPublic = (bytes: ReadonlyMap<string, string>) =>
    [...bytes].filter(([path]) => path.startsWith('public/'));
  expect(inPublic(project.bytes())).toEqual(inPublic(before));
});

test('a folder behind a symbolic link out of the project is not read either (P1)', async () => {
  const project = await newProject();
  const outside = join(dirname(project.directory), 'outside');
  renameSync(join(project.directory, 'public'), outside);
  symlinkSync('../outside', join(project.directory, 'public'));
  const { status, err } = await project.command('regenerate', '--name', 'other');
  expect(status).toBe(3);
  expect(err).toContain('public is a symbolic link that leads out of the project');
});
