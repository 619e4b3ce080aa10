/** The generated projects, each in its own folder; a file is written only if it changed. */

import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { quotedIncludes } from '../../generators/core/include-graph.ts';
import { parse, preview } from '../../src/project.ts';
import type { Tree } from '../../src/tree/tree.ts';
import type { Architecture } from './architectures.ts';
import { disguised } from './disguise.ts';

export const kRepository: string = resolve(import.meta.dirname, '..', '..');
export const kCache: string = join(kRepository, '.cache', 'matrix');

/** Where a project's servers are, once it is built. */
export interface Place {
  readonly architecture: Architecture;
  readonly directory: string;
  readonly start: readonly string[];
}

export interface Project extends Place {
  readonly tree: Tree;
}

/**
 * Into its own folder below `cache`. Errors: the generator refuses it, or a file includes something
 * missing from the project.
 */
export async function generate(
  architecture: Architecture,
  cache: string = kCache,
): Promise<Project> {
  const parsed = parse({ name: 'my-server', ...architecture.values });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const directory = join(cache, 'projects', architecture.id);
  const { tree, commands } = await preview(parsed.spec, directory);
  if (commands.start === null) throw new Error('the project has no start command');
  const lost = unresolvedIncludes(tree);
  if (lost.length > 0) throw new Error(`the project lacks what it includes:\n${lost.join('\n')}`);
  const files = architecture.mask === undefined ? tree : disguised(tree);
  write(directory, files);
  return { architecture, directory, tree: files, start: commands.start };
}

/** Folders created by builds and installations, not the generator. */
const kMade = new Set(['build', 'dist', 'node_modules']);

function write(directory: string, tree: Tree): void {
  const wanted = new Set(tree.map(({ path }) => path));
  for (const path of filesBelow(directory)) {
    if (!wanted.has(path)) rmSync(join(directory, path));
  }
  for (const { path, text, mode } of tree) {
    const place = join(directory, path);
    if (existsSync(place) && readFileSync(place, 'utf8') === text) continue;
    mkdirSync(dirname(place), { recursive: true });
    // Atomically: another mode's build may be reading it.
    writeFileSync(`${place}.new`, text, { mode });
    renameSync(`${place}.new`, place);
  }
}

function filesBelow(directory: string, below = ''): readonly string[] {
  if (!existsSync(join(directory, below))) return [];
  return readdirSync(join(directory, below)).flatMap((name) => {
    if (below === '' && kMade.has(name)) return [];
    const path = posix.join(below, name);
    return lstatSync(join(directory, path)).isDirectory() ? filesBelow(directory, path) : [path];
  });
}

/**
 * Includes that don't resolve: a quoted include must name a file beside the file with the include,
 * or below one of the include folders.
 */
function unresolvedIncludes(tree: Tree): readonly string[] {
  const files = new Map(tree.map(({ path, text }) => [path, text]));
  const sources = tree.filter(({ path }) => /\.(?:c|cc|h)$/.test(path));
  return sources.flatMap(({ path, text }) =>
    quotedIncludes(text)
      .filter((name) => resolveInclude(files, path, name) === null)
      .map((name) => `${path}: ${name}`),
  );
}

/** The include folders that the project's CMakeLists.txt files name. */
const kIncludeFolders = ['src', 'test', 'native', 'core', 'core/generated'];

function resolveInclude(
  files: ReadonlyMap<string, string>,
  from: string,
  name: string,
): string | null {
  const folders = [...kIncludeFolders, 'native/core', 'native/core/generated'];
  const places = [posix.dirname(from), ...folders].map((folder) => posix.join(folder, name));
  return places.find((place) => files.has(place)) ?? null;
}

const kCore = /^(native\/)?core\//;

/** The sources from which the project's program is compiled, without the core's. */
export function ownSources(tree: Tree): readonly string[] {
  return tree
    .map(({ path }) => path)
    .filter((path) => /^(src|native\/addon)\/.*\.cc$/.test(path) && !kCore.test(path));
}

/** Whether a source itself traces anything. */
export function traces(tree: Tree, source: string): boolean {
  const text = tree.find(({ path }) => path === source)?.text ?? '';
  return quotedIncludes(text).includes('hpserver/base/trace.h');
}

const kComment = /^ *\/\/.*$/gm;

/**
 * The same for sources of two projects that compile to the same object: a hash of the source and of
 * the files it includes.
 */
export function fingerprint(tree: Tree, source: string): string {
  const files = new Map(tree.map(({ path, text }) => [path, text]));
  const reached = new Set([source]);
  for (const path of reached) {
    for (const name of quotedIncludes(files.get(path) ?? '')) {
      const found = resolveInclude(files, path, name);
      if (found !== null && !kCore.test(found)) reached.add(found);
    }
  }
  const hash = createHash('sha256');
  // Architectures that differ only in a comment share one object.
  for (const path of reached)
    hash.update(`${path}\0${files.get(path)?.replaceAll(kComment, '')}\0`);
  return hash.digest('hex').slice(0, 12);
}
