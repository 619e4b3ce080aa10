/** Our reading of `.gitignore` compared with git's. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { worldOfEachTest } from '../transaction/testing/world.ts';
import { type Ignored, ignoredIn } from './ignored.ts';

const world = worldOfEachTest('ignored');
beforeEach(() => {
  execFileSync('git', ['init', '-q'], { cwd: world.path });
});

const kPaths = [
  ...['a.o', 'b/a.o', 'b/c/a.o', 'build/x', 'b/build/x', 'doc/frotz/x', 'a/doc/frotz/x', 'keep.o'],
  ...['foo/1/2/bar', 'foo/bar', 'x y ', '#hash', '!bang', 'b/only', 'only', 'a.txt', 'a{b}', 'abc'],
];

function plant(path: string, text = ''): void {
  const place = join(world.path, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** Asks in the order of a directory walk: first about each folder of the path. */
function isIgnored(ignored: Ignored, path: string): boolean {
  const parts = path.split('/');
  return parts.some((_, at) => ignored(parts.slice(0, at + 1).join('/'), at < parts.length - 1));
}

test.each([
  [['*.o', '!keep.o']],
  [['build/']],
  [['/build']],
  [['doc/frotz/']],
  [['foo/**/bar']],
  [['**/only', '\\#hash', '\\!bang', 'x y\\ ']],
  [['b/*', '!b/only']],
  [['[a-c]*', '# a comment', '', '?.txt']],
  [['a{b}', '+(a)', 'b/', '   ']],
])('%j', (lines) => {
  for (const path of kPaths) plant(path);
  plant('.gitignore', `${lines.join('\n')}\n`);
  plant('b/.gitignore', '!a.o\n/only\n');
  plant('.git/info/exclude', 'abc\r\n');
  const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
    cwd: world.path,
    input: kPaths.join('\0'),
    encoding: 'utf8',
  });
  const ignored = ignoredIn(world.path);
  const ours = kPaths.filter((path) => isIgnored(ignored, path));
  expect(ours).toEqual(stdout.split('\0').filter((path) => path !== ''));
});

test('patterns of the repository around hold in a folder within', () => {
  plant('.gitignore', '*.tmp\n/b/c\n');
  mkdirSync(join(world.path, 'b'));
  const ignored = ignoredIn(join(world.path, 'b'));
  expect([ignored('x.tmp', false), ignored('c', true), ignored('d/c', true)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a pattern that would take for ever is left out', () => {
  plant('.gitignore', `${'*a'.repeat(40)}b\n`);
  expect(ignoredIn(world.path)(`${'a'.repeat(250)}`, false)).toBe(false);
});
