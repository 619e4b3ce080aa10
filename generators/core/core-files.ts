/** The copy of the native core that a project builds: only what its composition uses. */

import type { Assets } from '../../src/plan/assets.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { IncludeGraph, kCoreFolder } from './include-graph.ts';

/** A header the project's own sources include, and the answers that require it. */
export interface CoreEntry {
  /** As written between the quotes: `hpserver/poller/epoll_poller.h`. */
  readonly header: string;
  /** Empty if every composition includes it. */
  readonly because: readonly string[];
}

export interface CorePlace {
  /** The folder in the project, without a trailing slash: `core`. */
  readonly into: string;
  /** What every file of the copy depends on, such as the language, which determines the folder. */
  readonly because: readonly string[];
}

/** The CMakeLists.txt of the core, and of the code built on it, use this file for unity builds. */
const kUnits = 'units.cmake';

/** Verbatim copies of core files below `into`, and a CMakeLists.txt that builds exactly those. */
export function coreFiles(
  assets: Assets,
  entries: readonly CoreEntry[],
  { into, because }: CorePlace,
): readonly FileIntent[] {
  const reasons = reasonsByFile(assets, entries);
  const paths = [...reasons.keys()].sort();
  const liburing = paths.some((path) => isUring(assets.read(`${kCoreFolder}/${path}`)));
  const copies = [...paths, kUnits].map((path): FileIntent => {
    return {
      id: `core/${path}`,
      path: `${into}/${path}`,
      source: { kind: 'copy', from: `${kCoreFolder}/${path}` },
      mode: 0o644,
      owner: path.startsWith('generated/') ? 'generated' : 'merged',
      because: sortedUnion(because, reasons.get(path) ?? new Set()),
    };
  });
  return [...copies, buildFile(paths, entries, { into, because, liburing })];
}

/**
 * Whether a core file needs liburing, the only library of the core that isn't part of the system.
 */
function isUring(text: string): boolean {
  return /^#include <liburing\.h>$/m.test(text);
}

function buildFile(
  paths: readonly string[],
  entries: readonly CoreEntry[],
  { into, because, liburing }: CorePlace & { readonly liburing: boolean },
): FileIntent {
  const sources = paths.filter((path) => /\.cc?$/.test(path));
  // Core headers include generated ones, such as the names of HTTP's fields.
  const generated = paths.some((path) => path.startsWith('generated/'));
  return {
    id: 'core/CMakeLists.txt',
    path: `${into}/CMakeLists.txt`,
    source: {
      kind: 'template',
      template: 'core/CMakeLists.txt.hbs',
      view: { sources, liburing, includeFolders: generated ? '. generated' : '.' },
    },
    mode: 0o644,
    owner: 'merged',
    because: sortedUnion(
      because,
      entries.flatMap((entry) => entry.because),
    ),
  };
}

/** A file that an unconditional entry needs has no reason: every project contains it. */
function reasonsByFile(
  assets: Assets,
  entries: readonly CoreEntry[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const reasons = new Map<string, Set<string>>();
  const always = new Set<string>();
  const graph = IncludeGraph.of(assets);
  for (const { header, because } of entries) {
    for (const path of graph.closure(header)) {
      if (because.length === 0) always.add(path);
      const known = reasons.get(path) ?? new Set();
      for (const reason of because) known.add(reason);
      reasons.set(path, known);
    }
  }
  for (const path of always) reasons.set(path, new Set());
  return reasons;
}

function sortedUnion(left: Iterable<string>, right: Iterable<string>): readonly string[] {
  return [...new Set([...left, ...right])].sort();
}
