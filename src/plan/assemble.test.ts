import { describe, expect, test } from 'vitest';
import { kNoExtras } from '../spec/spec.ts';
import { assemble } from './assemble.ts';
import { contributedBy } from './contributed.ts';
import type { FileIntent, Generator } from './generator.ts';

const kAssets = { read: () => '', list: () => [] };
const kSpec = { ...kNoExtras, version: 2, values: {} } as const;

function generator(...paths: readonly string[]): Generator {
  const files = paths.map(
    (path): FileIntent => ({
      id: `x/${path}`,
      path,
      source: { kind: 'json', value: {} },
      mode: 0o644,
      owner: 'merged',
      because: [],
    }),
  );
  return { id: 'x', questions: [], rules: [], files: () => files };
}

function pathsOf(...generators: readonly Generator[]): readonly string[] {
  return assemble(generators, kSpec, kAssets).map((file) => file.path);
}

test('a plan holds the files of all generators, sorted by path', () => {
  expect(pathsOf(generator('src/b', 'README.md'), generator('src/a', '.gitignore'))).toEqual([
    '.gitignore',
    'README.md',
    'src/a',
    'src/b',
  ]);
});

describe('a plan is refused where', () => {
  test.each([
    ['two intents name one path', ['a/b', 'a/b'], /two plans for one path/],
    ['paths differ by case only', ['Readme', 'README'], /two plans for one path/],
    ['a file is a folder too', ['a', 'A/b'], /needs the folder "a"/],
    ['a path is absolute', ['/etc/passwd'], /is absolute/],
    ['a path climbs', ['a/../../b'], /is not normal/],
    ['a path is not normal', ['a//b'], /is not normal/],
    ['a path is a folder', ['a/'], /is not normal/],
    ['a path is empty', [''], /is empty/],
    ['a path holds a NUL', ['a\0b'], /contains a NUL/],
    ['a path holds a backslash', ['a\\b'], /contains a backslash/],
    ['a path enters .git', ['.GIT/hooks/pre-commit'], /is inside \.git/],
    ["a path enters the tool's own folder", ['.hpserver/state.json'], /is inside \.hpserver/],
  ])('%s', (_, paths, message) => {
    expect(() => pathsOf(generator(...paths))).toThrow(message);
  });

  test('two intents have one id', () => {
    const [one] = generator('a').files(kSpec, kAssets, contributedBy([], kSpec));
    if (one === undefined) throw new Error('the generator plans nothing');
    const twice = { ...generator(), files: () => [one, { ...one, path: 'b' }] };
    expect(() => pathsOf(twice)).toThrow(/two plans for one id/);
  });
});
