import { describe, expect, test } from 'vitest';
import { mapThree, type Three } from '../three.ts';
import { type Ambiguity, mergeListLines } from './list-lines.ts';

const kList = { kind: 'lines', after: '^set\\(SOURCES$', before: '^\\)$' } as const;

/** Each word is an entry. */
function file(entries: string, indent = '  '): string {
  const lines = entries.split(' ').map((entry) => (entry === '_' ? '' : indent + entry));
  return ['# head', 'set(SOURCES', ...(entries === '' ? [] : lines), ')', 'tail()', ''].join('\n');
}

function merge(entries: Three<string>): Three<string> | null {
  return clear(
    mergeListLines(
      mapThree(entries, (side) => file(side)),
      kList,
    ),
  );
}

function clear(merged: Three<string> | Ambiguity | null): Three<string> | null {
  if (merged !== null && 'ambiguity' in merged) throw new Error(merged.ambiguity);
  return merged;
}

describe('a list of lines', () => {
  test.each([
    ['has what both added', 'a', 'a u', 'a g', 'a g u'],
    ['has additions behind what precedes them', 'a b c', 'a b c u', 'a g b c h', 'a g b c h u'],
    ['has an addition in front', 'a', 'a u', 'g a', 'g a u'],
    ['lacks what is no longer generated', 'a b c', 'a b c u', 'a c', 'a c u'],
    ['lacks what the user removed', 'a b c', 'a c', 'a b c g', 'a c g'],
    ['has one of what both added', 'a', 'a x u', 'a x', 'a x u'],
    ['keeps the user’s order', 'a b c', 'c b a', 'a b c g', 'c g b a'],
    ['keeps the user’s blank lines', 'a b', 'a _ b', 'a b g', 'a _ b g'],
    ['may have been empty', '', 'u', 'g', 'g u'],
  ])('%s', (_, base, disk, next, result) => {
    const text = file(result);
    expect(merge({ base, disk, next })).toEqual({ base: text, disk: text, next: text });
  });

  test.each([
    ['between groups', '_ a _', '_ a u _', '_ m _ a _', '_ m _ a u _'],
    ['in front of the end', 'a _', 'a u _', 'a g _', 'a g u _'],
    ['that is gone with its group', '_ m _ a _', '_ m _ a u _', '_ a _', '_ a u _'],
    ['around nothing', '_', '_', '_ g _', '_ g _'],
    ['that the user added', 'a b', 'a _ b', 'a b g', 'a _ b g'],
    ['in front of the user’s', 'a', 'a _ u', 'a g', 'a g _ u'],
  ])('has the blank line %s', (_, base, disk, next, result) => {
    expect(merge({ base, disk, next })?.disk).toBe(file(result));
  });

  test('takes what goes on deeper, or closes a bracket, as one entry', () => {
    const [one, two] = ['f([] {', 'g([] {'].map((head) => `${head}\n    x;\n\n  });`);
    const texts = { base: file('a'), disk: file('a b'), next: file('a b') };
    const withEntry = (text: string, entry = ''): string => text.replace('b\n', `${entry}\n`);
    const merged = clear(
      mergeListLines(
        { ...texts, disk: withEntry(texts.disk, one), next: withEntry(texts.next, two) },
        kList,
      ),
    );
    expect(merged?.disk).toBe(withEntry(texts.disk, `${two}\n  ${one}`));
  });

  test('keeps the user’s indentation', () => {
    const texts = { base: file('a b'), disk: file('a b', '\t'), next: file('a b g') };
    expect(clear(mergeListLines(texts, kList))?.disk).toBe(file('a b g', '\t'));
  });

  test.each([
    ['an entry stands twice', 'a', 'a a', 'a b'],
    ['both changed one entry', 'a b c', 'a B c', 'a bb c'],
  ])('is left to the lines where %s', (_, base, disk, next) => {
    expect(merge({ base, disk, next })).toBeNull();
  });

  test.each([
    ['its head', file('a').replace('set(SOURCES', 'set(OTHERS')],
    ['its end', 'set(SOURCES\n  a\n'],
  ])('is left to the lines where the disk lacks %s', (_, disk) => {
    expect(mergeListLines({ base: file('a'), disk, next: file('a b') }, kList)).toBeNull();
  });
});

describe('a target of the user’s own with such a head (P22)', () => {
  const kHeads = {
    kind: 'lines',
    after: '^add_library\\(\\S+-parts STATIC$',
    before: '^\\)$',
  } as const;
  const target = (name: string, ...sources: readonly string[]): string =>
    [`add_library(${name}-parts STATIC`, ...sources.map((one) => `  ${one}`), ')', ''].join('\n');
  const texts = (disk: string) => {
    return { base: target('my', 'a.cc'), disk, next: target('my', 'a.cc', 'new.cc') };
  };

  test.each([
    ['above', [target('db', 'pool.cc'), target('my', 'a.cc', 'u.cc')]],
    ['below', [target('my', 'a.cc', 'u.cc'), target('db', 'pool.cc')]],
  ])('is left alone %s the generated one', (_, targets) => {
    const result = targets.join('').replace('a.cc\n', 'a.cc\n  new.cc\n');
    expect(clear(mergeListLines(texts(targets.join('')), kHeads))?.disk).toBe(result);
  });

  test('is told from the generated one by the line above, where both have one name', () => {
    const around = (text: string): string => `if(GENERATED)\n${text}endif()\n`;
    const { base, next } = texts('');
    const disk = `# Mine.\n${target('my', 'pool.cc')}${around(base)}`;
    const merged = clear(mergeListLines({ base: around(base), disk, next: around(next) }, kHeads));
    expect(merged?.disk).toBe(`# Mine.\n${target('my', 'pool.cc')}${around(next)}`);
  });

  test('makes a conflict where nothing tells them apart', () => {
    const below = (text: string): string => `# Parts.\n${text}`;
    const { base, next } = mapThree(texts(''), below);
    expect(mergeListLines({ base, disk: base + base, next }, kHeads)).toEqual({
      ambiguity: 'the list after "add_library(my-parts STATIC" occurs more than once',
    });
  });
});
