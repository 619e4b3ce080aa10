import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './hash.ts';
import { storedBase, textOfBase } from './manifest.ts';

test('a stored base is read again, whatever its text', () => {
  const kText = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', '\uFEFF', 'ü') });
  fc.assert(
    fc.property(kText, (text) => {
      const hash = sha256(text);
      expect(textOfBase(hash, storedBase(hash, text))).toBe(text);
      expect(textOfBase(hash, `${storedBase(hash, text)}damage`)).toBeNull();
    }),
  );
});

test('two versions of a base have no line in common (P34)', () => {
  const text = 'one\n\n}\ntwo\n';
  const [before, after] = [text, `${text}three\n`].map((each) => storedBase(sha256(each), each));
  const lines = new Set(before?.split('\n'));
  expect(after?.split('\n').filter((line) => lines.has(line))).toEqual([]);
});
