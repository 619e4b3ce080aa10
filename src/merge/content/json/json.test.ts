import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Three } from '../three.ts';
import { type MergedJson, mergeJson } from './json.ts';
import { parseJson } from './json-tree.ts';

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Values, printed as the generators print them. */
function merge({ base, disk, next }: Three<unknown>): unknown {
  const merged = mergeJson({ base: pretty(base), disk: pretty(disk), next: pretty(next) });
  return merged.kind === 'merged' ? JSON.parse(merged.text) : merged;
}

describe('values', () => {
  test.each([
    ['keys that both add', {}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['a change on either side', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 2 }],
    ['the same change', { a: 1, b: 1 }, { a: 2 }, { a: 2, b: 1, c: 1 }, { a: 2, c: 1 }],
    ['a removal by the user', { a: 1, b: 1 }, { b: 1 }, { a: 1, b: 2 }, { b: 2 }],
    ['a removal by the generators', { a: 1, b: 1 }, { a: 1, b: 1, c: 1 }, { a: 1 }, { a: 1, c: 1 }],
    [
      'objects within',
      { s: { a: 1 } },
      { s: { a: 1, u: 1 } },
      { s: { a: 2 } },
      { s: { a: 2, u: 1 } },
    ],
    ['objects that both add', {}, { s: { u: 1 } }, { s: { g: 1 } }, { s: { u: 1, g: 1 } }],
    ['lists', { l: ['a', 'b'] }, { l: ['a', 'b', 'u'] }, { l: ['b', 'g'] }, { l: ['b', 'g', 'u'] }],
    [
      'lists of objects',
      [{ p: 1 }],
      [{ p: 1 }, { p: 2 }],
      [{ p: 0 }, { p: 1 }],
      [{ p: 0 }, { p: 1 }, { p: 2 }],
    ],
    ...(
      [
        [
          'arguments in two places',
          '--a 1 --b 2 --c',
          '--a 5 --b 2 --c',
          '--a 1 --b 7 --c',
          '--a 5 --b 7 --c',
        ],
        ['one removed, another added behind', 'a b c', 'a c', 'a b g c', 'a g c'],
        ['a longer run of the same', '-v', '-v --a 1', '-v --a 1 --b', '-v --a 1 --b'],
        ['an entry moved here, removed there', 'a b', 'b a', 'b', 'b a'],
        ['an order of the user’s', 'a b c', 'b a c', 'a b c g', 'b a c g'],
      ] as const
    ).map(([name, ...sides]) => [name, ...sides.map((side) => ({ l: side.split(' ') }))] as const),
    ['all that was left', { a: 1, b: 1 }, {}, { a: 1 }, {}],
    ['all of a list', { l: ['a', 'b'] }, { l: [] }, { l: ['a'] }, { l: [] }],
    [
      'emptied objects',
      { s: { a: 1, b: 1 } },
      { s: {} },
      { s: { a: 1, b: 1, c: 1 } },
      { s: { c: 1 } },
    ],
  ])('merge: %s', (_, base, disk, next, result) => {
    expect(merge({ base, disk, next })).toEqual(result);
  });

  test.each([
    ['a value', { a: 1 }, { a: 2 }, { a: 3 }, 'both sides changed /a'],
    ['a key added twice', {}, { a: 1 }, { a: 2 }, 'both sides added /a'],
    ['a root', 1, 2, 3, 'both sides changed the whole value'],
    [
      'a list with one value twice',
      ['a', 'a'],
      ['a'],
      ['a', 'a', 'b'],
      'both sides changed the whole value',
    ],
    ...(
      [
        ['an argument', '--level 3', '--level 5', '--level 7'],
        ['an argument that one removed', '-a 1 -b 2', '-a 1', '-a 1 -b 7'],
        ['an argument, and one behind it', '--level 3', '--level 5', '--level 3 --fast'],
        ['two options with one value', '-v', '-v --a 1', '-v --b 1'],
        ['an entry that both moved', 'a b c d', 'b a c d', 'b c a d'],
        ['an entry that is removed here, moved there', 'a b', 'b', 'b a'],
        ['one entry of a list', 'a b c', 'a x c', 'a y c'],
      ] as const
    ).map(
      ([name, ...sides]) =>
        [name, ...sides.map((side) => ({ l: side.split(' ') })), 'both sides changed /l'] as const,
    ),
    [
      'an object in a list',
      [{ p: 1 }],
      [{ p: 2 }],
      [{ p: 3 }],
      'both sides changed the whole value',
    ],
    [
      'an escaped pointer',
      { 'a/b': { '~': 1 } },
      { 'a/b': { '~': 2 } },
      { 'a/b': { '~': 3 } },
      'both sides changed /a~1b/~0',
    ],
    [
      'a value that one removed',
      { a: 1 },
      {},
      { a: 2 },
      'you removed /a, and its generated value changed',
    ],
    [
      'a value that is gone',
      { a: 1 },
      { a: 2 },
      {},
      'you changed /a, and it is no longer generated',
    ],
    [
      'many',
      { k1: 0, k2: 0, k3: 0, k4: 0 },
      { k1: 1, k2: 1, k3: 1, k4: 1 },
      { k1: 2, k2: 2, k3: 2, k4: 2 },
      'both sides changed /k1; both sides changed /k2; both sides changed /k3; 1 more',
    ],
  ])('conflict: %s', (_, base, disk, next, reason) => {
    expect(merge({ base, disk, next })).toEqual({ kind: 'conflict', reason });
  });
});

/** Only `next` differs, by its text. */
function textOf(merged: MergedJson): string {
  return merged.kind === 'merged' ? merged.text : JSON.stringify(merged);
}

describe('the form of the disk stays', () => {
  const kBase = '{\n  "a": 1,\n  "list": [\n    "x"\n  ],\n  "z": {}\n}\n';
  const kNext = kBase
    .replace('"a": 1', '"a": 1,\n  "new": {\n    "b": [\n      1\n    ]\n  }')
    .replace('"x"', '"x",\n    "y"');
  test.each([
    ['indentation by tabs', kBase.replaceAll('  ', '\t'), kNext.replaceAll('  ', '\t')],
    ['indentation by four', kBase.replaceAll('  ', '    '), kNext.replaceAll('  ', '    ')],
    ['no final newline', kBase.trim(), kNext.trim()],
    [
      'the order of keys',
      '{\n  "z": {},\n  "a": 1,\n  "list": [\n    "x"\n  ]\n}\n',
      '{\n  "z": {},\n  "a": 1,\n  "new": {\n    "b": [\n      1\n    ]\n  },\n  "list": [\n    "x",\n    "y"\n  ]\n}\n',
    ],
    [
      'short lists on one line',
      kBase.replace(/\[\s*"x"\s*\]/, '["x"]'),
      kNext.replace(/\[\s*"x",\s*"y"\s*\]/, '["x", "y"]'),
    ],
    [
      'everything on one line',
      '{"a":1,"list":["x"],"z":{}}',
      '{"a":1,"new":{ "b": [1] },"list":["x", "y"],"z":{}}',
    ],
    ['blank lines', kBase.replace('  "z"', '\n  "z"'), kNext.replace('  "z"', '\n  "z"')],
  ])('%s', (_, disk, result) => {
    expect(textOf(mergeJson({ base: kBase, disk, next: kNext }))).toBe(result);
  });

  test('digits that a double cannot hold, escapes, and keys of prototypes', () => {
    const disk = '{"big": 9007199254740993, "huge": 1e400, "e": "\\u00e4", "__proto__": 1, "a": 1}';
    const base = disk.replace('993', '991');
    const next = base.replace('"a": 1', '"a": 2, "constructor": 1.0');
    const text = disk.replace('"a": 1', '"a": 2, "constructor": 1.0');
    expect(mergeJson({ base, disk, next })).toEqual({ kind: 'merged', text });
  });
});

describe('what is no JSON', () => {
  test.each([
    ['a missing colon', '{\n  "a" 1\n}', 'line 2: unexpected "1"'],
    ['a comma too many', '{\n  "a": 1,,\n}', 'line 2: unexpected ","'],
    ['an end too early', '{\n  "a": 1\n', 'line 3: unexpected end'],
    ['something behind it', '{}\n}', 'line 2: unexpected "}"'],
    ['the wrong bracket', '[\n1}', 'line 2: unexpected "}"'],
    ['a name without quotes', '{a: 1}', 'line 1: unexpected "a"'],
    ['a line break in a string', '["a\nb"]', 'line 1: unexpected "\\""'],
    ['a number that is none', '[\n01]', 'line 2: unexpected "0"'],
    ['a key that appears twice', '{\n  "a": 1,\n  "a": 2\n}', 'line 3: "a" appears twice'],
    ['brackets without end', '['.repeat(100_000), 'it is nested too deeply'],
    ['nothing', '', 'line 1: unexpected end'],
  ])('is a conflict on the disk: %s', (_, disk, reason) => {
    const merged = mergeJson({ base: '{"a": 1}', disk, next: '{"a": 2}' });
    expect(merged).toEqual({ kind: 'conflict', reason: `it cannot be parsed: ${reason}` });
  });

  test.each([
    ['a comment on the disk', '{"a": 1}', '{"a": 1 /* one, */}'],
    ['a comma behind the last item', '{"a": 1}', '{"a": [1, ], "b": "//",\n}'],
    ['a comment that is generated', '// a\n{"a": 1}', '{"a": 1}'],
  ])('is left to the lines: %s', (_, base, disk) => {
    expect(mergeJson({ base, disk, next: '{"a": 2}' })).toEqual({ kind: 'not-json' });
  });
});

test('comments do not hide a key that appears twice', () => {
  const disk = '{\n  "a": 1, // "b"\n  "a": 2,\n}';
  const reason = 'it cannot be parsed: line 3: "a" appears twice';
  expect(mergeJson({ base: '{}', disk, next: '{"b": 1}' })).toEqual({ kind: 'conflict', reason });
});

test('JSON is what JSON.parse takes, but for keys that stand twice', () => {
  const kPieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '\\',
    'u0041',
    '-',
    '0',
    '1',
    '.5',
    'e9',
  ];
  const kText = fc.string({
    unit: fc.constantFrom(...kPieces, 'true', 'null', ' ', '\n', '\t', 'ä'),
  });
  const isJson = (text: string): boolean => {
    try {
      return JSON.parse(text) !== undefined;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(
      fc.oneof(
        kText,
        fc.json().map((text) => text.replace(/1/, '01')),
        fc.json(),
      ),
      (text) => {
        const parsed = parseJson(text);
        if (parsed.kind === 'fault' && parsed.fault.endsWith('twice')) return;
        expect(parsed.kind === 'parsed').toBe(isJson(text));
        if (parsed.kind === 'parsed')
          expect(parsed.before + parsed.root.text + parsed.after).toBe(text);
      },
    ),
    { numRuns: 5000 },
  );
});

describe('whatever the values', () => {
  const kLeaf = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom('a', 'ä"\n', null, true));
  const { kValue } = fc.letrec((tie) => ({
    kValue: fc.oneof(
      { maxDepth: 3 },
      kLeaf,
      tie('kObject'),
      fc.array(tie('kValue'), { maxLength: 3 }),
    ),
    kObject: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', '/'), tie('kValue'), {
      maxKeys: 4,
    }),
  }));
  const kWritten = fc
    .tuple(kValue, fc.constantFrom(undefined, 1, 2, 4, '\t'))
    .map(([value, indent]) => JSON.stringify(value, null, indent));

  test('a merge parses, or is a conflict', () => {
    fc.assert(
      fc.property(kWritten, kWritten, kWritten, (base, disk, next) => {
        const merged = mergeJson({ base, disk, next });
        if (merged.kind === 'merged') expect(() => JSON.parse(merged.text)).not.toThrow();
        expect(merged.kind).not.toBe('not-json');
      }),
      { numRuns: 2000 },
    );
  });

  test('what only one side changed has the value of that side, in the form of the disk', () => {
    fc.assert(
      fc.property(kWritten, kWritten, fc.constantFrom(undefined, 2, '\t'), (base, next, indent) => {
        const disk = JSON.stringify(JSON.parse(base), null, indent);
        const merged = textOf(mergeJson({ base, disk, next }));
        expect(JSON.parse(merged)).toEqual(JSON.parse(next));
        expect(textOf(mergeJson({ base, disk: next, next: disk }))).toBe(next);
      }),
      { numRuns: 2000 },
    );
  });

  test('there and back again, keys that only one side has are as they were', () => {
    const kSide = (prefix: string): fc.Arbitrary<object> =>
      fc.dictionary(fc.constantFrom(`${prefix}1`, `${prefix}2`, `${prefix}3`), kValue, {
        maxKeys: 3,
      });
    fc.assert(
      fc.property(
        kSide('g'),
        kSide('g'),
        kSide('u'),
        fc.constantFrom(2, 4, '\t'),
        (a, b, user, indent) => {
          const [base, next] = [a, b].map((value) => pretty({ name: 'x', ...value }));
          const disk = JSON.stringify({ name: 'x', ...a, ...user }, null, indent);
          const there = textOf(mergeJson({ base: base ?? '', disk, next: next ?? '' }));
          const back = textOf(mergeJson({ base: next ?? '', disk: there, next: base ?? '' }));
          expect(JSON.parse(back)).toEqual(JSON.parse(disk));
          expect(JSON.parse(there)).toEqual({ name: 'x', ...b, ...user });
        },
      ),
      { numRuns: 2000 },
    );
  });
});
