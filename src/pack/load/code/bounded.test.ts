import { expect, test } from 'vitest';
import { bounded } from './bounded.ts';

test('a call that has no end is ended, with all that it has called (P13)', () => {
  const forever = () => {
    for (;;);
  };
  expect(() => bounded('the helper "x"', forever, 50)).toThrow(
    /^the helper "x" did not finish within 0\.05 seconds$/,
  );
  expect(bounded('the next one', () => 'value', 10_000)).toBe('value');
});

test('calls stand within each other, and fail as they do alone', () => {
  const exit = process.exit;
  const inner = () => bounded('inner', () => 1) + bounded('inner', () => 2);
  expect(bounded('outer', inner)).toBe(3);
  const broken = () => {
    throw new TypeError('broken');
  };
  expect(() => bounded('outer', broken)).toThrow(TypeError);
  expect(process.exit).toBe(exit);
});
