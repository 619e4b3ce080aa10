/** SIGKILL at every step of a transaction, in separate processes. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { kFastFolder } from '../../src/disk/testing.ts';
import { expectWhole, killTwice, kQuick } from '../../src/disk/transaction/testing/kills.ts';
import {
  harvest,
  kAllChanged,
  kOld,
  plant,
  updateBetween,
} from '../../src/disk/transaction/testing/trees.ts';
import { recover } from '../../src/disk/update/recover.ts';
import { undoPlan } from '../../src/disk/update/undo.ts';
import { updateProject } from '../../src/disk/update/update.ts';
import { builtRehearsal, type Ended, emptyFolder, run } from './processes.ts';

const root = emptyFolder();
const rehearsal = [process.execPath, builtRehearsal(root)];

function planted(): string {
  const directory = mkdtempSync(join(root, 'project-'));
  plant(directory, kOld);
  return directory;
}

/**
 * Attempts it again and again, in a new project each time, and is killed at the first call, then at
 * the second, and so on, until a call is never reached.
 */
async function atEveryCall(attempt: (nth: string) => Promise<Ended>): Promise<number> {
  for (let nth = 1; ; nth++) {
    const { signal, status, err } = await attempt(String(nth));
    if (signal === 'SIGKILL') continue;
    expect([status, err]).toEqual([0, '']);
    return nth - 1;
  }
}

describe('a process that kills itself leaves the old tree or the new one', () => {
  test.each([
    ['at any call', 'kill', 50],
    ['in the middle of any file', 'half', 10],
  ])('%s', async (_, how, least) => {
    const points = await atEveryCall(async (nth) => {
      const directory = planted();
      const ended = run([...rehearsal, 'update', how, nth], directory);
      await expectWhole(root, directory, [kOld, kAllChanged]);
      return ended;
    });
    expect(points).toBeGreaterThanOrEqual(least);
  });

  test('while it recovers', async () => {
    const points = await atEveryCall(async (nth) => {
      const directory = planted();
      run([...rehearsal, 'update', 'committed', '3'], directory);
      const ended = run([...rehearsal, 'recover', 'kill', nth], directory);
      await expectWhole(root, directory, [kOld, kAllChanged]);
      return ended;
    });
    expect(points).toBeGreaterThan(10);
  });

  test('while it undoes', async () => {
    const points = await atEveryCall(async (nth) => {
      const directory = planted();
      await updateProject(directory, updateBetween(kOld, kAllChanged), kQuick);
      const ended = run([...rehearsal, 'undo', 'kill', nth], directory);
      await recover(directory);
      const isBack = (await undoPlan(directory))?.title.startsWith('undo of') === true;
      const expected = mkdtempSync(join(root, 'expected-'));
      plant(expected, isBack ? kOld : kAllChanged);
      expect(harvest(directory)).toEqual(harvest(expected));
      return ended;
    });
    expect(points).toBeGreaterThanOrEqual(50);
  });
});

const kStrace = ['strace', '-f', '-qq', '-o', '/dev/null'];

describe('the kernel kills it as it enters the nth', () => {
  // Some containers forbid this, but CI's machines allow it.
  const isForbidden = run([...kStrace, 'true'], root).status !== 0 && !process.env.CI;
  beforeEach((context) => context.skip(isForbidden, 'ptrace(2) is forbidden, or strace missing'));

  test.each([
    ['rename', 'rename,renameat,renameat2'],
    ['fsync', 'fsync'],
    ['mkdir', 'mkdir,mkdirat'],
    ['unlink', 'unlink,unlinkat'],
    ['rmdir', 'rmdir'],
    ['chmod', 'chmod,fchmod,fchmodat'],
  ])('%s', async (_, calls) => {
    const points = await atEveryCall(async (nth) => {
      const directory = planted();
      const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:signal=KILL:when=${nth}`];
      const ended = run([...kStrace, ...inject, ...rehearsal, 'update'], directory);
      await expectWhole(root, directory, [kOld, kAllChanged]);
      return ended;
    });
    expect(points).toBeGreaterThan(0);
  });
});

test('an update is killed at any call, and its recovery at any call too', async () => {
  const world = mkdtempSync(join(kFastFolder, 'kill-'));
  try {
    expect(await killTwice(world, [kOld, kAllChanged])).toBeGreaterThan(500);
  } finally {
    rmSync(world, { recursive: true, force: true });
  }
});
