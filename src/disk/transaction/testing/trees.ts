/** For tests: trees as values, and the updates between them. */

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../../tree/hash.ts';
import type { Update } from '../../update/update.ts';

export interface TestFile {
  readonly text: string | Uint8Array;
  readonly mode: number;
}

/** Files by path. */
export type TestTree = Readonly<Record<string, TestFile>>;

export function file(text: string | Uint8Array, mode = 0o644): TestFile {
  return { text, mode };
}

export function plant(directory: string, tree: TestTree): void {
  mkdirSync(directory, { recursive: true });
  for (const [path, { text, mode }] of Object.entries(tree)) {
    const place = join(directory, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    chmodSync(place, mode);
  }
}

/** Files that belong to updates themselves: they are left out of trees. */
const kOwn = /^\.hpserver($|\/(txn|undo|lock))/;

/** Mode and bytes of every file; every folder. */
export function harvest(directory: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (kOwn.test(path)) continue;
    const place = join(directory, path);
    const stats = statSync(place);
    const mode = (stats.mode & 0o7777).toString(8);
    const isFolder = stats.isDirectory();
    found[path] = isFolder ? 'folder' : `${mode} ${readFileSync(place, 'latin1')}`;
  }
  return found;
}

/** The update that turns one tree into another; modes are those of generated files. */
export function updateBetween(old: TestTree, next: TestTree): Update {
  const changed = Object.entries(next).filter(([path, { text, mode }]) => {
    const before = old[path];
    return before === undefined || !isEqual(before.text, text) || before.mode !== mode;
  });
  const writes = changed.map(([path, { text, mode }]) => {
    const planned = mode === 0o755 ? (0o755 as const) : (0o644 as const);
    return { path, text: Buffer.from(text).toString(), mode: planned };
  });
  const removals = Object.keys(old).filter((path) => next[path] === undefined);
  const touched = [...writes.map(({ path }) => path), ...removals];
  const expected = new Map(
    touched.map((path) => [path, old[path] === undefined ? null : sha256(old[path].text)]),
  );
  return { title: 'io.model: epoll → io_uring', writes, removals, expected };
}

function isEqual(text: string | Uint8Array, other: string | Uint8Array): boolean {
  return Buffer.from(text).equals(Buffer.from(other));
}

/** The starting point of every scenario. */
export const kOld: TestTree = {
  'README.md': file('# Old\n'),
  'run.sh': file('#!/bin/sh\n'),
  'src/main.ts': file('old main\n', 0o600),
  'src/net/epoll.ts': file(Buffer.from([0, 255, 10, 13])),
  'src/net/poller/a.ts': file('a\n'),
  docs: file('a file that becomes a folder\n'),
  '.hpserver/state.json': file('{"old": 1}\n'),
};

function without(...paths: readonly string[]): TestTree {
  return Object.fromEntries(Object.entries(kOld).filter(([path]) => !paths.includes(path)));
}

/** The tree after all these changes at once. */
export const kAllChanged: TestTree = {
  'run.sh': file('#!/bin/sh\n', 0o755),
  'src/main.ts': file('new main\n', 0o600),
  'src/net/poller': file('one file\n'),
  'docs/a/index.md': file('# Docs\n'),
  '.hpserver/state.json': file('{"new": 2}\n'),
  '.hpserver/base/0123': file('base\n'),
};

/** Updates of `kOld`: what each does, and the resulting tree. */
export const kScenarios: readonly (readonly [string, TestTree])[] = [
  ['creates files', { ...kOld, 'src/new/deep/b.ts': file('b\n'), c: file('c\n', 0o755) }],
  ['changes files', { ...kOld, 'README.md': file('# New\n'), 'src/net/epoll.ts': file('text\n') }],
  ['removes files with their folders', without('src/net/poller/a.ts')],
  ['moves a file', { ...without('README.md'), 'docs.d/README.md': file('# Old\n') }],
  ['changes a mode', { ...kOld, 'run.sh': file('#!/bin/sh\n', 0o755) }],
  [
    'makes a file of a folder',
    { ...without('src/net/poller/a.ts'), 'src/net/poller': file('one file\n') },
  ],
  ['makes a folder of a file', { ...without('docs'), 'docs/a/index.md': file('# Docs\n') }],
  ['does all of it', kAllChanged],
];
