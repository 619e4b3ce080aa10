import { expect, test } from 'vitest';
import { compareNaturally } from './natural-order.ts';

test('imports stand as Biome sorts them', () => {
  const sorted = [
    './handlers/a.ts',
    './handlers/a-b.ts',
    './handlers/a1-b.ts',
    './handlers/a1b.ts',
    './handlers/a2.ts',
    './handlers/a2-b.ts',
    './handlers/a10.ts',
    './handlers/b.ts',
    './handlers/b-a.ts',
    './handlers/ba.ts',
    './middleware/a.ts',
  ];
  expect([...sorted].reverse().sort(compareNaturally)).toEqual(sorted);
});
