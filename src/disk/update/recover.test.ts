import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../error.ts';
import { killedAt, watched } from '../transaction/testing/faults.ts';
import {
  expectWhole,
  killedUpdate,
  killTwice,
  kQuick,
  planted,
} from '../transaction/testing/kills.ts';
import {
  file,
  harvest,
  kAllChanged,
  kOld,
  kScenarios,
  type TestTree,
  updateBetween,
} from '../transaction/testing/trees.ts';
import { worldOfEachTest } from '../transaction/testing/world.ts';
import { recover } from './recover.ts';
import { undo } from './undo.ts';
import { updateProject } from './update.ts';

const world = worldOfEachTest('recover');

describe('a run that is killed before any of its calls leaves the old tree or the new one', () => {
  test.each(kScenarios)('where the update %s', async (_name, next) => {
    let points = 0;
    for (let nth = 1; ; nth++) {
      const directory = await killedUpdate(world.path, [kOld, next], nth);
      if (directory === null) break;
      await expectWhole(world.path, directory, [kOld, next]);
      points++;
    }
    expect(points).toBeGreaterThan(12);
  });
});

test('the recovery may be killed before any of its calls too', async () => {
  const old = { a: file('old\n'), 'b/c': file('c\n') };
  const next = { a: file('new\n'), b: file('a file now\n') };
  expect(await killTwice(world.path, [old, next])).toBeGreaterThan(100);
});

describe('the next start says', () => {
  test('that there is nothing to recover', async () => {
    expect(await recover(planted(world.path, kOld))).toEqual({ kind: 'clean' });
  });

  test('which update it has discarded', async () => {
    const directory = (await killedUpdate(world.path, [kOld, kAllChanged], 10)) ?? '';
    expect(await recover(directory)).toEqual({
      kind: 'discarded',
      title: 'io.model: epoll → io_uring',
      files: 10,
      aside: [],
    });
  });

  test('which update it has completed', async () => {
    const directory = await killedAfterCommit(kAllChanged);
    const recovery = await recover(directory);
    expect(recovery).toMatchObject({ kind: 'completed', files: 10, aside: [] });
  });
});

/** Killed at the first call after the commit. */
async function killedAfterCommit(next: TestTree): Promise<string> {
  const directory = planted(world.path, kOld);
  let isCommitted = false;
  const system = watched((_nth, name) => {
    if (isCommitted) throw new Error('killed');
    isCommitted = name === 'rename';
  });
  await expect(updateProject(directory, updateBetween(kOld, next), system)).rejects.toThrow();
  return directory;
}

describe('what the user has written between a crash and the next start is not lost:', () => {
  test('an edited file makes room under another name', async () => {
    const directory = await killedAfterCommit({ ...kOld, 'README.md': file('# New\n') });
    writeFileSync(join(directory, 'README.md'), '# Mine\n');
    writeFileSync(join(directory, 'README.md.yours-1'), 'of another day\n');
    expect(await recover(directory)).toMatchObject({ aside: ['README.md.yours-2'] });
    expect(readFileSync(join(directory, 'README.md'), 'utf8')).toBe('# New\n');
    expect(readFileSync(join(directory, 'README.md.yours-2'), 'utf8')).toBe('# Mine\n');
  });

  test('an edited file that would be removed stays', async () => {
    const { 'README.md': _, ...next } = kOld;
    const directory = await killedAfterCommit(next);
    writeFileSync(join(directory, 'README.md'), '# Mine\n');
    expect(await recover(directory)).toMatchObject({ kind: 'completed', aside: [] });
    expect(readFileSync(join(directory, 'README.md'), 'utf8')).toBe('# Mine\n');
  });

  test('a file where a folder is needed makes room', async () => {
    const directory = await killedAfterCommit({ ...kOld, 'lib/a.ts': file('a\n') });
    writeFileSync(join(directory, 'lib'), 'mine\n');
    expect(await recover(directory)).toMatchObject({ aside: ['lib.yours-1'] });
    expect(harvest(directory)).toMatchObject({
      'lib.yours-1': '644 mine\n',
      'lib/a.ts': '644 a\n',
    });
  });

  test('a folder where a file is needed makes room', async () => {
    const { 'src/net/poller/a.ts': _, ...rest } = kOld;
    const directory = await killedAfterCommit({ ...rest, 'src/net/poller': file('one\n') });
    writeFileSync(join(directory, 'src/net/poller/mine.ts'), 'mine\n');
    expect(await recover(directory)).toMatchObject({ aside: ['src/net/poller.yours-1'] });
    expect(harvest(directory)).toMatchObject({
      'src/net/poller': '644 one\n',
      'src/net/poller.yours-1/mine.ts': '644 mine\n',
    });
  });
});

describe('a journal that no run has written', () => {
  test.each([
    ['is no JSON', 'x'],
    ['is of a version that never was', '{"version": "x", "title": "", "when": "", "entries": []}'],
    ['leaves the project', journalOf('../outside')],
    ['enters .git', journalOf('.git/hooks/pre-commit')],
    ['names its own folder', journalOf('.hpserver/lock')],
  ])('is refused where it %s', async (_, journal) => {
    const directory = planted(world.path, { '.hpserver/txn/journal.committed': file(journal) });
    const error = await recover(directory).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      exitCode: ExitCode.failure,
      message: '.hpserver/txn/journal.committed is damaged',
    });
  });

  function journalOf(path: string): string {
    const entries = [{ path, old: null, next: '00', mount: null }];
    return JSON.stringify({ version: 1, title: 't', when: '', entries });
  }
});

/** The same name is never both a file and a folder. */
const kTree = fc
  .array(
    fc.record({
      path: fc.constantFrom('a', 'b', 'a/b', 'a/c', 'b/a/c', 'b/a', 'c/d/e', 'c/d'),
      text: fc.string(),
      mode: fc.constantFrom(0o644, 0o755),
    }),
    { maxLength: 6 },
  )
  .map((files): TestTree => {
    const tree: Record<string, TestTree[string]> = {};
    for (const { path, text, mode } of files) {
      const isFree = Object.keys(tree).every(
        (other) => !other.startsWith(`${path}/`) && !path.startsWith(`${other}/`),
      );
      if (isFree) tree[path] = { text, mode };
    }
    return tree;
  });

test('any update of any tree, killed anywhere, is whole after the next start', async () => {
  const nth = fc.integer({ min: 1, max: 60 });
  await fc.assert(
    fc.asyncProperty(kTree, kTree, nth, nth, async (old, next, first, second) => {
      const directory = await killedUpdate(world.path, [old, next], first);
      if (directory === null) return;
      await recover(directory, killedAt(second)).catch(() => {});
      await expectWhole(world.path, directory, [old, next]);
    }),
    { numRuns: 150 },
  );
});

test('any update of any tree is undone, and the undo too, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(kTree, kTree, async (old, next) => {
      const directory = planted(world.path, old);
      const [before, after] = [harvest(directory), harvest(planted(world.path, next))];
      const { files } = await updateProject(directory, updateBetween(old, next), kQuick);
      expect(harvest(directory)).toEqual(after);
      if (files === 0) return;
      for (const tree of [before, after, before]) {
        await undo(directory, { edited: 'refuse' }, kQuick);
        expect(harvest(directory)).toEqual(tree);
      }
    }),
    { numRuns: 60 },
  );
});
