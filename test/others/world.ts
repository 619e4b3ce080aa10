/** A project among other people's folders, at random: what is planted there, and how. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { isLink } from '../../src/disk/borders.ts';
import { giveTo, isRoot, kMortal } from './mortal.ts';

/** What is planted in the folder before any command runs, each thing in its own place. */
export type Planting =
  | { readonly kind: Mark; readonly at: string }
  | { readonly kind: 'ignored'; readonly at: string }
  | { readonly kind: 'link-out' | 'link-within'; readonly at: string }
  | { readonly kind: 'hard-link-out' | 'hard-link-in'; readonly at: string }
  | { readonly kind: 'unreadable' | 'huge' | 'pipe' | 'stranger'; readonly at: string }
  | { readonly kind: 'lost' | 'stray' | 'edited'; readonly at: string };

/** What marks a folder as someone else's. */
type Mark = 'project' | 'wish' | 'record' | 'repository' | 'worktree';

export interface World {
  /** Everything is below it. */
  readonly root: string;
  /** The project's path as a command sees it: perhaps through a symbolic link. */
  readonly directory: string;
  /** Its real place, below the root. */
  readonly home: string;
  /** Folders inside it that are not its own, relative to it. */
  readonly foreign: readonly string[];
}

const kMarks: readonly Mark[] = ['project', 'wish', 'record', 'repository', 'worktree'];

const within = fc.constantFrom('services/b', 'src/vendor', 'third_party/x', 'public/sub', 'x');
const folder = fc.constantFrom('src', 'public', 'src/handlers', 'docs', 'tests', '.github');
const file = fc.constantFrom(
  'README.md',
  'src/main.cc',
  'src/routes.cc',
  'CMakeLists.txt',
  'src/handlers/json.cc',
  'hpserver.json',
  'public/index.html',
  'package.json',
);
const stray = fc.constantFrom('notes.txt', 'src/own.cc', 'legacy/main.cc', 'public/own.html');

export const planting: fc.Arbitrary<Planting> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...kMarks), at: within }) },
  fc.record({ kind: fc.constant('ignored' as const), at: fc.constantFrom('old', 'src/old') }),
  fc.record({ kind: fc.constantFrom('link-out' as const, 'link-within' as const), at: folder }),
  fc.record({ kind: fc.constantFrom('hard-link-out' as const), at: file }),
  fc.record({ kind: fc.constantFrom('hard-link-in' as const), at: stray }),
  fc.record({
    kind: fc.constantFrom('unreadable', 'huge', 'pipe', 'stranger'),
    at: fc.oneof(file, stray),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('lost', 'edited'), at: file }),
  },
  fc.record({ kind: fc.constant('stray' as const), at: stray }),
);

export const homes: fc.Arbitrary<string> = fc.constantFrom(
  'app',
  'packages/app',
  'repo/packages/app',
  'other/app',
);

/** Creates the project, a neighbour of it, and everything else; `master` is a project to copy. */
export function plant(
  root: string,
  master: string,
  wanted: {
    readonly home: string;
    readonly linked: boolean;
    /** All of it belongs to a user other than root. */
    readonly mortal: boolean;
    readonly plantings: readonly Planting[];
  },
): World {
  const { home, linked, mortal, plantings } = wanted;
  const place = join(root, home);
  cpSync(master, place, { recursive: true });
  copyInSmall(master, join(root, 'neighbour'));
  // One home is in a monorepo, another one inside another project.
  if (home.startsWith('repo/')) mkdirSync(join(root, 'repo/.git'));
  if (home.startsWith('other/')) writeFileSync(join(root, 'other/hpserver.json'), '{}');
  const foreign = plantings.flatMap((each) => planted(place, master, each) ?? []);
  if (linked) symlinkSync(place, join(root, 'link'));
  if (mortal) giveTo(root, kMortal);
  const strangers = isRoot ? plantings.filter(({ kind }) => kind === 'stranger') : [];
  for (const { at } of strangers) {
    // Another planting may have removed it.
    if (existsSync(join(place, at))) lchownSync(join(place, at), kMortal + 1, kMortal + 2);
  }
  return { root, directory: linked ? join(root, 'link') : place, home, foreign };
}

/**
 * Plants it if possible. Returns the folder that isn't the project's any more, relative to the
 * project.
 */
function planted(place: string, master: string, { kind, at }: Planting): string | null {
  const target = join(place, at);
  const outside = join(dirname(place), `outside-${at.replaceAll('/', '-')}`);
  const isThere = existsSync(target);
  mkdirSync(dirname(target), { recursive: true });
  switch (kind) {
    case 'project':
    case 'wish':
    case 'record':
    case 'repository':
    case 'worktree':
      if (isThere) return null;
      copy(master, target, kind);
      return at;
    case 'ignored':
      if (isThere) return null;
      cpSync(join(master, 'src'), target, { recursive: true });
      writeFileSync(join(dirname(target), '.gitignore'), 'old/\n', { flag: 'a' });
      return at;
    case 'link-out':
      if (!isThere || isLink(target)) return null;
      renameSync(target, outside);
      symlinkSync(outside, target);
      return at;
    case 'link-within':
      if (!isThere || isLink(target)) return null;
      renameSync(target, `${target}.moved`);
      symlinkSync(`${at.split('/').at(-1)}.moved`, target);
      return null;
    case 'hard-link-out':
      if (isThere && !existsSync(outside)) linkSync(target, outside);
      return null;
    case 'hard-link-in':
      if (isThere || existsSync(outside)) return null;
      cpSync(join(master, 'src/main.cc'), outside);
      linkSync(outside, target);
      return null;
    default:
      spoilt(target, master, kind);
      return null;
  }
}

/**
 * Copies only a part: other people's projects need no core and no bases, as nothing is generated
 * there.
 */
function copyInSmall(master: string, target: string): void {
  const left = ['core', '.hpserver/base'].map((folder) => join(master, folder));
  cpSync(master, target, { recursive: true, filter: (from) => !left.includes(from) });
}

function copy(master: string, target: string, mark: Mark): void {
  copyInSmall(master, target);
  const isKept = (name: Mark) => mark === 'project' || mark === name;
  if (!isKept('wish')) rmSync(join(target, 'hpserver.json'));
  if (!isKept('record')) rmSync(join(target, '.hpserver'), { recursive: true });
  if (mark === 'repository') mkdirSync(join(target, '.git'));
  if (mark === 'worktree') writeFileSync(join(target, '.git'), 'gitdir: /nowhere\n');
}

/** Single files of the project, or of its user. */
function spoilt(target: string, master: string, kind: Planting['kind']): void {
  const there = statSync(target, { throwIfNoEntry: false });
  if (kind === 'lost' || kind === 'pipe') rmSync(target, { force: true });
  if (kind === 'pipe') execFileSync('mkfifo', [target]);
  if (kind === 'lost' || kind === 'pipe') return;
  if (there === undefined) cpSync(join(master, 'src/main.cc'), target);
  // Writing to a pipe blocks until it has a reader.
  else if (!there.isFile()) return;
  if (kind === 'edited') writeFileSync(target, '\n// mine\n', { flag: 'a' });
  if (kind === 'unreadable') chmodSync(target, 0);
  if (kind === 'huge') truncateSync(target, 3 * 2 ** 30);
}
