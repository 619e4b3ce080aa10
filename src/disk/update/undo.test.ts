import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../error.ts';
import { killedAt, refusedAt } from '../transaction/testing/faults.ts';
import { kQuick, planted } from '../transaction/testing/kills.ts';
import {
  file,
  harvest,
  kAllChanged,
  kOld,
  type TestTree,
  updateBetween,
} from '../transaction/testing/trees.ts';
import { worldOfEachTest } from '../transaction/testing/world.ts';
import { recover } from './recover.ts';
import { undo, undoPlan } from './undo.ts';
import { updateProject } from './update.ts';

const world = worldOfEachTest('undo');

async function updated(next: TestTree = kAllChanged): Promise<string> {
  const directory = planted(world.path, kOld);
  await updateProject(directory, updateBetween(kOld, next), kQuick);
  return directory;
}

function treeOf(tree: TestTree) {
  return harvest(planted(world.path, tree));
}

async function refusal(work: Promise<unknown>): Promise<UserError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof UserError) return thrown;
  throw new Error('not refused', { cause: thrown });
}

describe('the plan of an undo', () => {
  test('is null where no update was made', async () => {
    expect(await undoPlan(planted(world.path, kOld))).toBeNull();
  });

  test('says what becomes of each file, and which were edited since', async () => {
    const { docs: _, ...rest } = kOld;
    const directory = await updated({ ...rest, 'README.md': file('# New\n'), c: file('c\n') });
    writeFileSync(join(directory, 'c'), 'mine\n');
    const plan = await undoPlan(directory);
    expect(plan).toMatchObject({
      title: 'io.model: epoll → io_uring',
      files: [
        { path: 'README.md', action: 'restore', edited: false },
        { path: 'c', action: 'remove', edited: true },
        { path: 'docs', action: 'bring-back', edited: false },
      ],
    });
    expect(new Date(plan?.when ?? '').getTime()).not.toBeNaN();
  });

  test('leaves out what is as it was before already', async () => {
    const directory = await updated({ ...kOld, 'README.md': file('# New\n'), c: file('c\n') });
    writeFileSync(join(directory, 'README.md'), '# Old\n');
    expect((await undoPlan(directory))?.files.map(({ path }) => path)).toEqual(['c']);
    rmSync(join(directory, 'c'));
    expect(await undoPlan(directory)).toBeNull();
  });
});

describe('an undo', () => {
  test('puts every byte and mode back', async () => {
    const directory = await updated();
    await undo(directory, { edited: 'refuse' });
    expect(harvest(directory)).toEqual(treeOf(kOld));
  });

  test('is undone by another one', async () => {
    const directory = await updated();
    await undo(directory, { edited: 'refuse' });
    expect((await undoPlan(directory))?.title).toBe('undo of io.model: epoll → io_uring');
    await undo(directory, { edited: 'refuse' });
    expect(harvest(directory)).toEqual(treeOf(kAllChanged));
    expect((await undoPlan(directory))?.title).toBe('io.model: epoll → io_uring');
  });

  test('of the last update only', async () => {
    const directory = await updated();
    await updateProject(directory, updateBetween(kAllChanged, {}), kQuick);
    await undo(directory, { edited: 'refuse' });
    expect(harvest(directory)).toEqual(treeOf(kAllChanged));
  });

  test('of nothing is told', async () => {
    const error = await refusal(undo(planted(world.path, kOld), { edited: 'refuse' }));
    expect(error.exitCode).toBe(ExitCode.failure);
    expect(error.message).toMatch(/^there is nothing to undo/);
  });

  test('may be killed anywhere', async () => {
    const { docs: _, ...rest } = kOld;
    const next = { ...rest, 'README.md': file('# New\n'), c: file('c\n') };
    for (let nth = 1; ; nth++) {
      const directory = await updated(next);
      const isDone = await undo(directory, { edited: 'refuse' }, killedAt(nth)).then(
        () => true,
        () => false,
      );
      const { kind } = await recover(directory, kQuick);
      const isBack = kind === 'completed' || isDone;
      expect(harvest(directory)).toEqual(treeOf(isBack ? kOld : next));
      if (isDone) break;
      // If the undo was discarded, a second attempt succeeds.
      if (!isBack) await undo(directory, { edited: 'refuse' }, kQuick);
      expect(harvest(directory)).toEqual(treeOf(kOld));
    }
  });

  test('that the disk refuses leaves everything', async () => {
    const directory = await updated();
    const error = await refusal(undo(directory, { edited: 'refuse' }, refusedAt(9, 'EIO', 'once')));
    expect(error.message).toMatch(/\(EIO\)$/);
    expect(harvest(directory)).toEqual(treeOf(kAllChanged));
  });
});

describe('files that were edited since', () => {
  async function edited(): Promise<string> {
    const directory = await updated();
    writeFileSync(join(directory, 'src/main.ts'), 'mine\n');
    writeFileSync(join(directory, '.hpserver/state.json'), '{"mine": 3}\n');
    return directory;
  }

  test('are each named, and nothing is undone', async () => {
    const directory = await edited();
    const before = harvest(directory);
    const error = await refusal(undo(directory, { edited: 'refuse' }));
    expect(error.exitCode).toBe(ExitCode.conflicts);
    expect(error.issues.map(({ at }) => at)).toEqual(['src/main.ts', '.hpserver/state.json']);
    expect(harvest(directory)).toEqual(before);
  });

  test('are kept, while the state is taken back', async () => {
    const directory = await edited();
    await undo(directory, { edited: 'keep' });
    expect(harvest(directory)).toEqual({ ...treeOf(kOld), 'src/main.ts': '600 mine\n' });
  });

  test('are taken back too, and come again by another undo', async () => {
    const directory = await edited();
    const before = harvest(directory);
    await undo(directory, { edited: 'overwrite' });
    expect(harvest(directory)).toEqual(treeOf(kOld));
    await undo(directory, { edited: 'refuse' });
    expect(harvest(directory)).toEqual(before);
  });
});

test('a damaged copy is refused rather than restored', async () => {
  const directory = await updated({ ...kOld, 'README.md': file('# New\n') });
  writeFileSync(join(directory, '.hpserver/undo/old/0'), 'rust\n');
  const error = await refusal(undo(directory, { edited: 'overwrite' }));
  expect(error.message).toBe('.hpserver/undo/old/0, the earlier copy of README.md, is damaged');
});
