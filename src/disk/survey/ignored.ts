/** Which paths git ignores: gitignore(5), without the user's own global patterns. */

import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { matcherOf } from '../../spec/glob.ts';
import { errorCode } from '../disk-error.ts';

/** True if ignored; takes a path below the project, and whether it is a folder. */
export type Ignored = (path: string, isFolder: boolean) => boolean;

interface Rule {
  /** False for a pattern that starts with `!`: it cancels earlier patterns. */
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
  /** Takes the path from the repository's root. */
  readonly matches: (path: string) => boolean;
}

/**
 * Reads each folder's patterns when first asked about its contents. Callers that walk a tree ask
 * about a folder before its contents, and skip the contents of an ignored one.
 */
export function ignoredIn(directory: string): Ignored {
  const repository = repositoryOf(directory) ?? directory;
  const prefix = relative(repository, directory);
  const known = new Map<string, readonly Rule[]>();
  const rulesFor = (folder: string): readonly Rule[] => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const above = folder === '' ? ownRules(repository) : rulesFor(folderOf(folder));
    const rules = [...above, ...rulesIn(join(repository, folder, '.gitignore'), folder)];
    known.set(folder, rules);
    return rules;
  };
  return (path, isFolder) => {
    const whole = prefix === '' ? path : `${prefix}/${path}`;
    const rule = rulesFor(folderOf(whole)).findLast(
      ({ foldersOnly, matches }) => (isFolder || !foldersOnly) && matches(whole),
    );
    return rule?.ignores ?? false;
  };
}

function folderOf(path: string): string {
  const folder = dirname(path);
  return folder === '.' ? '' : folder;
}

/** The nearest folder, from this one upward, that is a working tree. */
function repositoryOf(folder: string): string | null {
  if (lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) return folder;
  return dirname(folder) === folder ? null : repositoryOf(dirname(folder));
}

function ownRules(repository: string): readonly Rule[] {
  return rulesIn(join(repository, '.git/info/exclude'), '');
}

const kMaxBytes = 1 << 20;

function rulesIn(file: string, folder: string): readonly Rule[] {
  return (textOf(file) ?? '').split('\n').flatMap((line) => ruleOf(line, folder) ?? []);
}

/** Like git, follows no symbolic link. */
function textOf(file: string): string | null {
  try {
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= kMaxBytes ? readFileSync(file, 'utf8') : null;
  } catch (thrown) {
    if (errorCode(thrown) === null) throw thrown;
    return null;
  }
}

/**
 * Every `*` may match at every length of a name: with a few more of them, matching takes forever.
 */
const kMaxStars = 8;

const kLiterally = { dot: true, nobrace: true, noextglob: true, nonegate: true };

function ruleOf(line: string, folder: string): Rule | null {
  const text = line.replace(/\r$/, '').replace(/(?<!\\) +$/, '');
  if (text === '' || text.startsWith('#')) return null;
  const ignores = !text.startsWith('!');
  const glob = (ignores ? text : text.slice(1)).replace(/\/$/, '');
  if (glob === '' || glob.split('*').length > kMaxStars) return null;
  const matchesGlob = matcherOf(glob.replace(/^\//, ''), kLiterally);
  const isAnchored = glob.includes('/');
  const matches = (path: string) => {
    const inner = folder === '' ? path : path.slice(folder.length + 1);
    return matchesGlob(isAnchored ? inner : inner.slice(inner.lastIndexOf('/') + 1));
  };
  return { ignores, foldersOnly: text.endsWith('/'), matches };
}
