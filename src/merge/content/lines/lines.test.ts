import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { edited, kEdits, kPlainForm, kTexts, written } from '../testing.ts';
import type { Three } from '../three.ts';
import { cutAtAnchors } from './anchors.ts';
import { linesOf, mergeLines, textOf } from './lines.ts';
import { holdsMarkers, type Woven, weave } from './markers.ts';

const kFolder = mkdtempSync(join(tmpdir(), 'merge-lines-'));
afterAll(() => rmSync(kFolder, { recursive: true }));

async function merge(sides: Three<string>): Promise<Woven> {
  return weave(await mergeLines(sides));
}

/** Each letter becomes a line. */
function letters({ base, disk, next }: Three<string>): Promise<Woven> {
  const text = (side: string): string => [...side].map((letter) => `${letter}\n`).join('');
  return merge({ base: text(base), disk: text(disk), next: text(next) });
}

describe('lines', () => {
  test.each([
    ['both ends change', 'abcde', 'Xbcde', 'abcdY', 'XbcdY'],
    ['one line stands between two changes', 'abc', 'Xbc', 'abY', 'XbY'],
    ['both make the same change', 'abc', 'aXc', 'aXc', 'aXc'],
    ['both make the same change, and others', 'abcdefg', 'abXdefU', 'GbXdefg', 'GbXdefU'],
    ['a block moves, and a line elsewhere changes', 'abcdefgh', 'adefbcgh', 'abcdefgH', 'adefbcgH'],
    ['one deletes, the other inserts elsewhere', 'abcdef', 'abef', 'Xabcdef', 'Xabef'],
    ['equal lines stand around both', '}a}b}c}', '}a}X}c}', 'Y}a}b}c}', 'Y}a}X}c}'],
    ['there was nothing', '', 'a', 'a', 'a'],
  ])('merge where %s', async (_, base, disk, next, result) => {
    const text = [...result].map((letter) => `${letter}\n`).join('');
    expect(await letters({ base, disk, next })).toEqual({ kind: 'merged', text });
  });

  test.each([
    ['one line', 'abc', 'aXc', 'aYc', 'both sides changed line 2'],
    ['lines in a row', 'abcd', 'aXXd', 'aYYd', 'both sides changed lines 2 to 3'],
    ['neighbours', 'abcd', 'aXcd', 'abYd', 'both sides changed lines 2 to 3'],
    ['what one deleted', 'abc', 'ac', 'aYc', 'both sides changed the text before line 2'],
    ['two places', 'abcde', 'XbcdX', 'YbcdY', 'both sides changed line 1 and line 5'],
    [
      'many places',
      'abcdefghi',
      'XbXdXfXhX',
      'YbYdYfYhY',
      'both sides changed line 1, line 3, line 5 and 2 more places',
    ],
  ])('conflict where both change %s', async (_, base, disk, next, reason) => {
    expect(await letters({ base, disk, next })).toMatchObject({ kind: 'conflict', reason });
  });

  test('that conflict are shown with all three sides', async () => {
    const merged = await letters({ base: 'abc', disk: 'aXc', next: 'aYc' });
    const marked = [
      ...['a', '<<<<<<< yours', 'X', '||||||| before', 'b', '=======', 'Y'],
      ...['>>>>>>> generated', 'c', ''],
    ].join('\n');
    expect(merged).toMatchObject({ marked });
    expect(holdsMarkers(marked)).toBe(true);
  });
});

describe('thousands of equal lines', () => {
  const kMany = Array.from({ length: 2000 }, () => 'x');
  const put = (...lines: readonly (readonly [number, string])[]): string =>
    textOf(lines.reduce((all, [at, line]) => all.toSpliced(at, 0, line), kMany));

  test('merge where the changes stand apart', async () => {
    const [disk, next] = [put([300, 'u'], [900, 'v']), put([600, 'g'], [1500, 'h'])];
    const text = put([300, 'u'], [601, 'g'], [901, 'v'], [1502, 'h']);
    expect(await merge({ base: textOf(kMany), disk, next })).toEqual({ kind: 'merged', text });
  });

  test('conflict where both change the same', async () => {
    const merged = await merge({
      base: textOf(kMany),
      disk: put([300, 'u']),
      next: put([300, 'g']),
    });
    expect(merged).toMatchObject({ reason: 'both sides changed line 301' });
  });

  test('conflict from the first change to the last where there are too many', async () => {
    const other = kMany.map((line, index) => (index > 9 && index < 1990 ? `u${index}` : line));
    const merged = await merge({ base: textOf(kMany), disk: textOf(other), next: put([20, 'g']) });
    expect(merged).toMatchObject({ reason: 'both sides changed lines 11 to 1990' });
  });

  test('are cut into small pieces by the unique lines among them', () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      index % 5 < 2 ? '}' : `line ${index}`,
    );
    const sides = {
      base: lines,
      disk: edited(lines, [{ kind: 'insert', at: 0.3, to: 0 }], 'user'),
      next: edited(lines, [{ kind: 'move', at: 0.7, to: 0.2 }], 'generated'),
    };
    const open = cutAtAnchors(sides).filter(({ isShared }) => !isShared);
    const longest = Math.max(...open.map((chunk) => chunk.sides.base.length));
    expect(longest).toBeLessThan(5);
  });
});

test('chunks put together again are the texts', () => {
  fc.assert(
    fc.property(kTexts, kEdits, kEdits, (base, ours, theirs) => {
      const sides = { base, disk: edited(base, ours, 'user'), next: edited(base, theirs, 'new') };
      const chunks = cutAtAnchors(sides).map((chunk) => chunk.sides);
      expect(chunks.flatMap((chunk) => chunk.base)).toEqual(sides.base);
      expect(chunks.flatMap((chunk) => chunk.disk)).toEqual(sides.disk);
      expect(chunks.flatMap((chunk) => chunk.next)).toEqual(sides.next);
    }),
  );
});

/** Merges with `git merge-file`; null if there is a conflict, or no git. */
function mergedByGit(sides: Three<string>): string | null {
  const paths = (['disk', 'base', 'next'] as const).map((side) => {
    writeFileSync(join(kFolder, side), sides[side]);
    return join(kFolder, side);
  });
  const { status, stdout } = spawnSync('git', ['merge-file', '-p', ...paths]);
  return status === 0 ? stdout.toString() : null;
}

test('what git merges is merged the same, or is a conflict', () =>
  fc.assert(
    fc.asyncProperty(kTexts, kEdits, kEdits, async (lines, ours, theirs) => {
      const sides = {
        base: written(lines, kPlainForm),
        disk: written(edited(lines, ours, 'user'), kPlainForm),
        next: written(edited(lines, theirs, 'generated'), kPlainForm),
      };
      const merged = await merge(sides);
      const byGit = mergedByGit(sides);
      if (byGit === null || merged.kind === 'conflict') return;
      // If both sides repeat a line, git outputs it twice, because it shifts one of the two down.
      const once = (text: string): readonly string[] =>
        linesOf(text).filter((line, index, all) => line !== all[index - 1]);
      expect(once(merged.text)).toEqual(once(byGit));
    }),
    { numRuns: 100 },
  ));
