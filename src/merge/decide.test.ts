import { expect, test } from 'vitest';
import { decide } from './decide.ts';

/** The table of the architecture document: – means absent, letters are texts. */
test.each([
  ['–', '–', '–', 'nothing'],
  ['–', '–', 'N', 'create'],
  ['–', 'N', 'N', 'adopt'],
  ['–', 'U', 'N', 'conflict'],
  ['–', 'U', '–', 'keep'],
  ['B', 'B', 'B', 'unchanged'],
  ['B', 'B', 'N', 'update'],
  ['B', 'U', 'B', 'keep'],
  ['B', 'U', 'N', 'merge'],
  ['B', 'N', 'N', 'adopt'],
  ['B', '–', 'B', 'leave-deleted'],
  ['B', '–', 'N', 'leave-deleted'],
  ['B', '–', '–', 'leave-deleted'],
  ['B', 'B', '–', 'delete'],
  ['B', 'U', '–', 'keep'],
])('base %s, disk %s, next %s: %s', (base, disk, next, decision) => {
  const text = (side: string) => (side === '–' ? null : side);
  expect(decide({ base: text(base), disk: text(disk), next: text(next) })).toBe(decision);
});

test('an empty file is a file', () => {
  expect(decide({ base: null, disk: '', next: 'N' })).toBe('conflict');
  expect(decide({ base: null, disk: null, next: '' })).toBe('create');
});
