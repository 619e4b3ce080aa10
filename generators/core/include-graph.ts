/** Which files of the native core a program needs: its includes, and their implementations. */

import type { Assets } from '../../src/plan/assets.ts';

/** Where the package keeps the core. */
export const kCoreFolder = 'native-core';

/** The core's folders that projects may contain. */
const kFolders = ['hpserver', 'generated'];

/** Prefixes for quoted includes, in order: where the core's build looks for them. */
const kIncludePrefixes = ['', 'generated/'];

const graphs = new WeakMap<Assets, IncludeGraph>();

/** Finds closures in one set of assets; each file is read and searched once. */
export class IncludeGraph {
  readonly #assets: Assets;
  readonly #present: ReadonlySet<string>;
  readonly #edges = new Map<string, readonly string[]>();

  constructor(assets: Assets) {
    this.#assets = assets;
    this.#present = corePaths(assets);
  }

  /** The graph of these assets: most plans ask for several closures. */
  static of(assets: Assets): IncludeGraph {
    const graph = graphs.get(assets) ?? new IncludeGraph(assets);
    graphs.set(assets, graph);
    return graph;
  }

  /**
   * Every file that `entry` (`hpserver/os/fd.h`) leads to, itself included: the headers by their
   * includes, and each header's implementation by its name. Sorted paths below the core's folder.
   * Errors: throws for an entry or an include without a file: a bug in the core.
   */
  closure(entry: string): readonly string[] {
    const reached = new Set<string>();
    const waiting = [resolveInclude(this.#present, entry, 'an entry')];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (reached.has(path)) continue;
      reached.add(path);
      waiting.push(...this.#edgesOf(path));
    }
    return [...reached].sort();
  }

  #edgesOf(path: string): readonly string[] {
    const known = this.#edges.get(path);
    if (known !== undefined) return known;
    const includes = quotedIncludes(this.#assets.read(`${kCoreFolder}/${path}`));
    const edges = includes.map((include) => resolveInclude(this.#present, include, path));
    const implementation = implementationOf(path);
    if (this.#present.has(implementation)) edges.push(implementation);
    this.#edges.set(path, edges);
    return edges;
  }
}

/**
 * The text between the quotes of `#include "…"`; system headers are not ours. Some 200 files are
 * searched for each project: splitting takes a quarter of the time of a regular expression with
 * `^`.
 */
export function quotedIncludes(text: string): readonly string[] {
  const [, ...after] = `\n${text}`.split('\n#include "');
  return after.map((rest) => rest.slice(0, rest.indexOf('"')));
}

/** `hpserver/a/b.h` → `hpserver/a/b.cc`, `generated/x.h` → `generated/x.c`. */
function implementationOf(path: string): string {
  return path.replace(/\.h$/, path.startsWith('generated/') ? '.c' : '.cc');
}

function resolveInclude(present: ReadonlySet<string>, include: string, from: string): string {
  const beside = `${from.slice(0, from.lastIndexOf('/'))}/${include}`;
  const candidates = [beside, ...kIncludePrefixes.map((prefix) => prefix + include)];
  const found = candidates.find((path) => present.has(path));
  if (found === undefined) throw new Error(`${from} includes "${include}", which the core lacks`);
  return found;
}

function corePaths(assets: Assets): ReadonlySet<string> {
  const paths = kFolders.flatMap((folder) => assets.list(`${kCoreFolder}/${folder}`));
  return new Set(paths.map((path) => path.slice(kCoreFolder.length + 1)));
}
