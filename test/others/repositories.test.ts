/**
 * Repositories as git creates them: submodules, linked worktrees, monorepos, with every command.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fastFolder, run } from '../cli/program.ts';
import { newProject, projectIn } from '../project/project.ts';
import { differences, fingerprint } from './fingerprint.ts';

const root = fastFolder();

const kConfig = {
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'user.name',
  GIT_CONFIG_VALUE_0: 'a',
  GIT_CONFIG_KEY_1: 'user.email',
  GIT_CONFIG_VALUE_1: 'a@example.org',
  GIT_CONFIG_KEY_2: 'protocol.file.allow',
  GIT_CONFIG_VALUE_2: 'always',
};

function git(cwd: string, ...args: readonly string[]): void {
  const env = { ...process.env, ...kConfig };
  execFileSync('git', args, { cwd, env, stdio: 'pipe' });
}

function committed(folder: string): void {
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'all');
}

interface Place {
  /** The project's folder, below the world. */
  readonly home: string;
  /** Below the world: nothing in it may change. */
  readonly others: readonly string[];
}

/** Each creates its world from a project to copy. */
const kWorlds: Readonly<Record<string, (world: string, master: string) => Place>> = {
  'a submodule within': (world, master) => {
    for (const name of ['app', 'library']) {
      cpSync(master, join(world, name), { recursive: true });
      committed(join(world, name));
    }
    git(join(world, 'app'), 'submodule', '--quiet', 'add', '../library', 'src/library');
    return { home: 'app', others: ['library', 'app/src/library', 'app/.git'] };
  },
  'a linked worktree within': (world, master) => {
    cpSync(master, join(world, 'app'), { recursive: true });
    committed(join(world, 'app'));
    git(join(world, 'app'), 'worktree', 'add', '--quiet', '-b', 'side', 'trees/side');
    return { home: 'app', others: ['app/trees/side', 'app/.git'] };
  },
  'the project in a linked worktree': (world, master) => {
    cpSync(master, join(world, 'main'), { recursive: true });
    committed(join(world, 'main'));
    git(join(world, 'main'), 'worktree', 'add', '--quiet', '-b', 'side', '../side');
    return { home: 'side', others: ['main', 'side/.git'] };
  },
  'a monorepo with two of them, and one within': (world, master) => {
    const packages = ['packages/app', 'packages/other', 'packages/app/plugins/inner'];
    for (const path of packages) cpSync(master, join(world, path), { recursive: true });
    committed(world);
    const [home = '', ...others] = packages;
    return { home, others: [...others, '.git'] };
  },
  'a root behind a symbolic link': (world, master) => {
    cpSync(master, join(world, 'real'), { recursive: true });
    cpSync(master, join(world, 'real/vendor/b'), { recursive: true });
    symlinkSync('real', join(world, 'link'));
    return { home: 'link', others: ['real/vendor'] };
  },
};

const kCommands: readonly (readonly string[])[] = [
  ['status'],
  ['check'],
  ['regenerate', '--io', 'poll', '--yes'],
  ['add', 'route', 'items'],
  ['undo'],
  ['regenerate', '--language', 'typescript', '--yes'],
  ['undo'],
  ['fresh', '--language', 'cpp', '--yes', '--no-build', '--no-git'],
];

test.each(Object.entries(kWorlds))('%s: nobody else notices', async (_, made) => {
  const { directory: master } = await newProject('cpp');
  const world = mkdtempSync(join(root, 'repositories-'));
  mkdirSync(world, { recursive: true });
  const { home, others } = made(world, master);
  const project = projectIn(join(world, home));
  rmSync(join(project.directory, 'src/main.cc'));
  const seen = () => others.map((path) => fingerprint(join(world, path)));
  const before = seen();
  for (const args of kCommands) {
    const { status, err } = await run(args, { cwd: project.directory });
    expect({ args, status, err }).toMatchObject({ status: expect.toBeOneOf([0, 4]) });
    const after = seen();
    const changed = before.flatMap((one, at) => differences(one, after[at] ?? new Map()));
    expect(changed, args.join(' ')).toEqual([]);
  }
});
