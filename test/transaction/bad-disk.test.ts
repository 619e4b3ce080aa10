/** Disks that refuse an update: full, foreign, closed. Each leaves the old tree. */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  file,
  harvest,
  kAllChanged,
  kOld,
  plant,
  type TestTree,
} from '../../src/disk/transaction/testing/trees.ts';
import { builtRehearsal, emptyFolder, inNamespace, kMortal, mayMount, run } from './processes.ts';

const root = emptyFolder();
const rehearsal = [process.execPath, builtRehearsal(root)];

function planted(tree: TestTree = kOld): string {
  const directory = mkdtempSync(join(root, 'project-'));
  plant(directory, tree);
  return directory;
}

/** For shell scripts: runs a rehearsal, and continues even if it fails; its output is kept. */
const kShell = `rehearse() { "$node" "$program" "$@" >>"$log" || true; }
  node=$1 program=$2 log=$3; `;

interface Rehearsed {
  /** What each step printed. */
  readonly steps: readonly unknown[];
  readonly tree: unknown;
}

/**
 * Runs the script's rehearsals on disks that the script mounts. Returns the outputs and the tree.
 */
function onDisks(script: string): Rehearsed {
  const cwd = mkdtempSync(join(root, 'disk-'));
  const log = join(mkdtempSync(join(root, 'log-')), 'log');
  const whole = `${kShell} ${script}; "$node" "$program" harvest`;
  const { status, err, result } = inNamespace(whole, cwd, ...rehearsal, log);
  // The shell reports a rehearsal that was killed on purpose.
  expect([status, err.replace('Killed\n', '')]).toEqual([0, '']);
  const lines = spawnSync('cat', [log], { encoding: 'utf8' }).stdout.trim().split('\n');
  return { steps: lines.map((line) => JSON.parse(line)), tree: result };
}

const kMounted = { 'mnt/old.txt': file('old\n'), 'mnt/edit.txt': file('1\n') };
const kMountedNew = { 'mnt/edit.txt': file('2\n', 0o755), 'mnt/deep/new.txt': file('new\n') };
const kFull = { refused: expect.stringContaining('the disk is full (ENOSPC)') };

describe('on file systems of its own', () => {
  // Some containers forbid this, but CI's machines allow it.
  const isForbidden = !mayMount(root) && !process.env.CI;
  beforeEach((context) => context.skip(isForbidden, 'mounts are forbidden here'));

  test('a full disk is told, and has the old tree', () => {
    const { steps, tree } = onDisks(`mount -t tmpfs -o size=256k none . && cd "$PWD"
      rehearse plant; rehearse update-big; rehearse recover`);
    expect(steps).toEqual([null, kFull, { kind: 'clean' }]);
    expect(tree).toEqual(harvest(planted()));
  });

  test('a folder that is a mount is updated, and restored, across', () => {
    const across = `mkdir mnt; mount -t tmpfs none mnt; rehearse plant-mounted`;
    const { steps, tree } = onDisks(`${across}; rehearse update-mounted`);
    expect(steps.at(-1)).toMatchObject({ aside: [] });
    expect(tree).toEqual(harvest(planted({ ...kAllChanged, ...kMountedNew })));
    const undone = onDisks(`${across}; rehearse update-mounted; rehearse undo`);
    expect(undone.tree).toEqual(harvest(planted({ ...kOld, ...kMounted })));
  });

  test('a mount of the same file system is copied into', () => {
    const { tree } = onDisks(`mkdir mnt other; mount --bind other mnt
      rehearse plant-mounted; rehearse update-mounted; umount mnt; mv other/* mnt; rmdir other`);
    expect(tree).toEqual(harvest(planted({ ...kAllChanged, ...kMountedNew })));
  });

  test('a folder on a full disk of its own is told before anything is touched', () => {
    const { steps, tree } = onDisks(`mkdir mnt; mount -t tmpfs -o size=128k none mnt
      rehearse plant-mounted; rehearse update-mounted-big`);
    expect(steps).toEqual([null, kFull]);
    expect(tree).toEqual(harvest(planted({ ...kOld, ...kMounted })));
  });

  test('a folder that is a mount leaves nothing there where the run is killed', () => {
    const { steps, tree } = onDisks(`mkdir mnt; mount -t tmpfs none mnt
      rehearse plant-mounted; rehearse update-mounted kill 40; rehearse recover`);
    expect(steps).toEqual([null, expect.objectContaining({ kind: 'discarded' })]);
    expect(tree).toEqual(harvest(planted({ ...kOld, ...kMounted })));
  });

  test('a folder that is read-only is told', () => {
    const { steps, tree } = onDisks(`rehearse plant; mount --bind src src
      mount -o remount,ro,bind src; rehearse update`);
    expect(steps.at(-1)).toEqual({ refused: expect.stringContaining('read-only (EROFS)') });
    expect(tree).toEqual(harvest(planted()));
  });

  test('a file that is a mount is told, and what was moved before is taken back', () => {
    const { steps, tree } = onDisks(`rehearse plant; mount --bind README.md README.md
      rehearse update; rehearse recover; umount README.md`);
    expect(steps.slice(1)).toEqual([
      { refused: expect.stringContaining('as a mount point (EBUSY)') },
      { kind: 'clean' },
    ]);
    expect(tree).toEqual(harvest(planted()));
  });
});

test('a folder that may not be written to is told', () => {
  const directory = planted();
  chmodSync(join(directory, 'src/net'), 0o555);
  const before = harvest(directory);
  const { status, result } = run([...kMortal, ...rehearsal, 'update'], directory);
  expect(result).toEqual({ refused: expect.stringContaining('permission denied (EACCES)') });
  expect(status).toBe(1);
  expect(harvest(directory)).toEqual(before);
  chmodSync(join(directory, 'src/net'), 0o755);
});

test('a file that nobody may change is told, and what was moved before is taken back', (context) => {
  const directory = planted();
  const frozen = join(directory, 'src/main.ts');
  // Only the superuser can, and not on every file system: chattr(1).
  const mayFreeze = spawnSync('chattr', ['+i', frozen]).status === 0;
  if (!mayFreeze) return context.skip('chattr +i is not permitted');
  try {
    const { status, result } = run([...rehearsal, 'update'], directory);
    expect(result).toEqual({ refused: expect.stringContaining('(EPERM)') });
    expect(status).toBe(1);
    expect(harvest(directory)).toEqual(harvest(planted()));
    expect(run([...rehearsal, 'recover'], directory).result).toEqual({ kind: 'clean' });
  } finally {
    spawnSync('chattr', ['-i', frozen]);
    rmSync(directory, { recursive: true });
  }
});

describe.each(['SIGINT', 'SIGTERM'])('%s', (signal) => {
  test.each([
    [10, 130, kOld],
    [70, 0, kAllChanged],
  ])('at call %d ends with %d, and a whole tree', (call, code, tree) => {
    const directory = planted();
    const { status } = run([...rehearsal, 'update', signal, String(call)], directory);
    expect(status).toBe(code);
    expect(harvest(directory)).toEqual(harvest(planted(tree)));
  });
});
