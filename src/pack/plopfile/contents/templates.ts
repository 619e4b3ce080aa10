/** The files that a plopfile's patterns match. */

import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { matcherOf } from '../../../spec/glob.ts';
import type { Named } from './named.ts';
import { type Pattern, saysNothing } from './patterns.ts';

/** Folders of installed packages and of tools: no one keeps templates there. */
const kSkipped = ['node_modules', '.git', '.yarn', '.hpserver'];
/** The number of names in a repository to look through. */
const kMaxNames = 200_000;
const kTemplate = /\.(?:hbs|handlebars|mustache|tpl|template|tmpl)$/;
const kCode = /\.[cm]?[jt]sx?$/;

/** Absolute paths. */
export async function templatesOf(named: Named, root: string): Promise<readonly string[]> {
  const templates = named.templates.filter(isTold);
  const exact = templates.flatMap((pattern) => exactly(pattern, root));
  const found = new Set(exact.filter(isFile));
  const folders = exact.filter((path) => existsSync(path) && !isFile(path));
  const open = templates.filter((pattern) => exactly(pattern, root).length === 0);
  for (const folder of new Set(folders)) {
    if (folder !== root) for (const path of await namesIn(folder)) found.add(join(folder, path));
  }
  if (open.length === 0) return [...found];
  const matches = open.map(matcher);
  for (const path of await namesIn(root)) {
    if (matches.some((isIt) => isIt(path))) found.add(join(root, path));
  }
  return [...found];
}

/**
 * True if the pattern can count as a template: a file that code reads must have a template's name,
 * as far as that is known.
 */
function isTold({ pieces, kind }: Pattern): boolean {
  if (kind === 'globs' && pieces[0]?.startsWith('!')) return false;
  if (kind !== 'read') return true;
  return !saysNothing({ pieces }) && (pieces.length > 1 || kTemplate.test(pieces[0] ?? ''));
}

/** The only path that the pattern can match; none if part of it is computed, or it is a glob. */
function exactly({ pieces }: Pattern, root: string): readonly string[] {
  const [only = '', ...more] = pieces;
  if (more.length > 0) return [];
  const path = only.startsWith(root) ? only : join(root, only);
  // A file's name may really contain `{{…}}` or `*`.
  return existsSync(path) || !/[*?[\]{}!()]/.test(only) ? [path] : [];
}

function matcher({ pieces, kind }: Pattern): (path: string) => boolean {
  const wanted = kind === 'code' ? kCode : kTemplate;
  // If the whole path is computed, any template (or, for code, any module) may be meant.
  if (saysNothing({ pieces })) return (path) => wanted.test(path);
  const isLimited = kind === 'read' || kind === 'code';
  const glob = pieces
    .flatMap((piece) => piece.split(/\{\{.*?\}\}/))
    .map((piece) => (kind === 'globs' ? piece.replaceAll(/[{}]/g, '\\$&') : literally(piece)))
    .join('{*,**/*}');
  const isIt = matcherOf(posix.normalize(glob).replace(/^[./]*\//, ''), { dot: true });
  return (path) => isIt(path) && (!isLimited || wanted.test(path));
}

function literally(text: string): string {
  return text.replaceAll(/[\\*?[\]{}()!+@|]/g, '\\$&');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = posix.join(below, entry.name);
      if (names.length >= kMaxNames) return;
      if (entry.isDirectory() && !kSkipped.includes(entry.name)) await walk(path);
      else if (entry.isFile()) names.push(path);
    }
  };
  await walk('');
  return names.sort();
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
