/** Other users' projects, and the owners of new files. */

import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fastFolder, run } from '../cli/program.ts';
import { newProject, projectIn } from '../project/project.ts';
import { giveTo, isRoot, kMortal } from './mortal.ts';

const root = fastFolder();
const kStranger = kMortal + 1;

/** Another user's project above one's own folder. */
async function belowStranger(mode: number): Promise<string> {
  const { directory } = await newProject();
  const own = join(directory, 'own');
  mkdirSync(own);
  giveTo(directory, kStranger);
  chownSync(own, 0, 0);
  chmodSync(directory, mode);
  return own;
}

describe.runIf(isRoot)('a project of another user (P19)', () => {
  test.each([0o755, 0o1777])('above is refused, and told: mode %o', async (mode) => {
    const own = await belowStranger(mode);
    for (const args of [['regenerate', '--dry-run'], ['status'], ['check'], ['undo']]) {
      const { status, err } = await run(args, { cwd: own });
      expect(status).toBe(2);
      const said = err.replace(/\s+/g, ' ');
      expect(said).toContain(`belongs to another user (uid ${kStranger})`);
      expect(said).toContain(`--directory ${dirname(own)}`);
    }
  });

  test('in a sticky folder that everybody may write to is refused', async () => {
    const { directory } = await newProject();
    const own = join(directory, 'own');
    mkdirSync(own);
    for (const each of ['hpserver.json', '.hpserver'])
      chownSync(join(directory, each), kStranger, 0);
    chmodSync(directory, 0o1777);
    for (const cwd of [own, directory]) {
      expect(await run(['status'], { cwd })).toMatchObject({ status: 2 });
    }
  });

  test('is taken where it is named, or stood in', async () => {
    const own = await belowStranger(0o755);
    const named = await run(['status', '--directory', dirname(own)], { cwd: own });
    expect(named).toMatchObject({ status: 0 });
    expect(await run(['status'], { cwd: dirname(own) })).toMatchObject({ status: 0 });
  });

  test('keeps nobody from reading what there is, or from beginning another', async () => {
    const own = await belowStranger(0o755);
    const explained = await run(['explain', 'io.model'], { cwd: own });
    expect(explained.status).toBe(0);
    expect(explained.err).toContain('belongs to another user');
    const flags = ['mine', '--language', 'cpp', '--yes', '--no-build', '--no-git', '--dry-run'];
    expect(await run(flags, { cwd: own })).toMatchObject({ status: 0 });
  });
});

describe.runIf(isRoot)('root keeps whose the files are (P31)', () => {
  test('where they are written anew, made, or records', async () => {
    const project = await newProject();
    giveTo(project.directory, kMortal);
    chownSync(join(project.directory, 'src/main.cc'), kStranger, kMortal);
    await project.command('regenerate', '--io', 'poll', '--yes');
    await project.command('add', 'route', 'items');
    await project.command('undo');
    await project.command('undo');
    expect(project.read('src/main.cc')).toContain('PollPoller');
    const owners = project.owners();
    expect(owners.get('src/main.cc')).toBe(`${kStranger}:${kMortal}`);
    owners.delete('src/main.cc');
    expect(new Set(owners.values())).toEqual(new Set([`${kMortal}:${kMortal}`]));
  });

  test('a new project is its maker’s', async () => {
    const folder = mkdtempSync(join(root, 'new-'));
    chownSync(folder, kMortal, kMortal);
    const flags = ['mine', '--language', 'cpp', '--yes', '--no-build', '--no-git'];
    await run(flags, { cwd: folder });
    const { owners } = projectIn(join(folder, 'mine'));
    expect(new Set(owners().values())).toEqual(new Set(['0:0']));
    expect(statSync(folder).uid).toBe(kMortal);
  });

  test('but in a folder that is there it is the folder’s', async () => {
    const folder = mkdtempSync(join(root, 'empty-'));
    chownSync(folder, kMortal, kMortal);
    const flags = ['--language', 'cpp', '--yes', '--no-build', '--no-git'];
    await run(['.', '--name', 'here', ...flags], { cwd: folder });
    expect(statSync(join(folder, 'src/main.cc')).uid).toBe(kMortal);
    expect(statSync(join(folder, '.hpserver/state.json')).uid).toBe(kMortal);
  });
});

test('a hard link is not cut unasked, and its other name never changes (P31)', async () => {
  const project = await newProject();
  const other = join(dirname(project.directory), 'other-name.md');
  linkSync(join(project.directory, 'README.md'), other);
  const old = readFileSync(other, 'utf8');
  const refused = await project.command('regenerate', '--name', 'another');
  expect(refused.status).toBe(3);
  expect(refused.err.replace(/\s+/g, ' ')).toContain('it has other names (hard links)');
  const take = ['regenerate', '--name', 'another', '--on-conflict', 'take'];
  expect(await project.command(...take)).toMatchObject({ status: 0 });
  expect(project.read('README.md')).toContain('another');
  expect(readFileSync(other, 'utf8')).toBe(old);
  expect(await project.command('undo')).toMatchObject({ status: 0 });
  expect(project.read('README.md')).toBe(old);
});
