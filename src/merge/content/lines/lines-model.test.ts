/**
 * Merges random texts, and checks the result by a slow model, which compares the lines between
 * those that all three versions share.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeContent } from '../merge-content.ts';
import { gapsOf, isInOrder, kThreeRows, modelRuns, unionOf } from '../testing.ts';
import { agreed, mapThree, type Three } from '../three.ts';

type Row = readonly string[];

/** Null if both sides changed the lines between the same two shared lines. */
function slowMerge(rows: Three<Row>): Row | null {
  const shared = rows.base.filter((line) => rows.disk.includes(line) && rows.next.includes(line));
  const merged: string[] = [];
  for (const [index, gap] of gapsOf(rows).entries()) {
    const easy = agreed(gap, (one, other) => one.join('\n') === other.join('\n'));
    if (easy === null) return null;
    merged.push(...easy.value, ...shared.slice(index, index + 1));
  }
  return merged;
}

/** Adds lines that are repeated everywhere, so it is hard to tell which of them belong together. */
function withRepeats(row: Row): Row {
  return row.flatMap((line) => (/[02468]$/.test(line) ? [line, '}', ''] : [line]));
}

function merge(rows: Three<Row>) {
  const texts = mapThree(rows, (row) => row.map((line) => `${line}\n`).join(''));
  return mergeContent({ path: 'a.txt', ...texts, registrations: [] });
}

test('what the slow way merges is merged the same, and nothing of the user is lost', () =>
  fc.assert(
    fc.asyncProperty(kThreeRows, async (rows) => {
      const merged = await merge(rows);
      const model = slowMerge(rows);
      if (model !== null) {
        const text = model.map((line) => `${line}\n`).join('');
        expect(merged).toEqual({ kind: 'merged', text });
      } else if (merged.kind === 'merged') {
        const lines = merged.text.split('\n').slice(0, -1);
        expect(lines.toSorted()).toEqual(unionOf(rows));
        expect(isInOrder(lines, rows.disk) && isInOrder(lines, rows.next)).toBe(true);
      }
    }),
    modelRuns(),
  ));

test('nor among lines that stand often', () =>
  fc.assert(
    fc.asyncProperty(kThreeRows, async (rows) => {
      const merged = await merge(mapThree(rows, withRepeats));
      if (merged.kind === 'conflict') return;
      const lines = merged.text.split('\n').filter((line) => line !== '' && line !== '}');
      expect(lines.toSorted()).toEqual(unionOf(rows));
      expect(isInOrder(lines, rows.disk)).toBe(true);
    }),
    modelRuns(),
  ));
