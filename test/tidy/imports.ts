/** The import graph: which file depends on which, and which floor it is on. */

import { dirname, join, normalize } from 'node:path';
import type { SourceFile } from 'ts-morph';
import { kRoot } from './sources.ts';

/** From the ground up: a room imports only from the floors below, never from above or beside it. */
const kFloors: readonly (readonly string[])[] = [
  ['error', 'record', 'console', 'diagram', 'load'],
  ['spec'],
  ['plan'],
  ['tree'],
  ['render', 'merge', 'fsm', 'generators'],
  ['disk'],
  ['native'],
  ['pack'],
  ['project'],
  ['interview'],
  ['wizard', 'web'],
  ['cli', 'plop'],
  ['index'],
  ['bin'],
];

export type Graph = ReadonlyMap<string, readonly string[]>;

/** Relative imports of every file, including types, as paths below the repository. */
export function importGraph(files: readonly SourceFile[]): Graph {
  return new Map(
    files.map((file) => {
      const path = file.getFilePath().slice(kRoot.length);
      const specifiers = file.getImportStringLiterals().map((literal) => literal.getLiteralValue());
      const relative = specifiers.filter((specifier) => specifier.startsWith('.'));
      return [path, relative.map((to) => normalize(join(dirname(path), to)))] as const;
    }),
  );
}

/** `src/spec/parse.ts` is in the room `spec`, `src/error.ts` in `error`. */
export function roomOf(path: string): string | null {
  if (path.startsWith('generators/')) return 'generators';
  return /^src\/([^/.]+)/.exec(path)?.[1] ?? null;
}

/** Imports from a floor above, or from a neighbour on the same one. */
export function upwardImports(graph: Graph): readonly string[] {
  return edges(graph).flatMap(([from, to]) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    if (room === null || other === null || room === other) return [];
    return floorOf(other) < floorOf(room) ? [] : [`${from} imports ${to}`];
  });
}

/** What imports `generators/` from outside it. */
export function generatorImporters(graph: Graph): readonly string[] {
  const outside = edges(graph).filter(
    ([from, to]) => roomOf(from) !== 'generators' && roomOf(to) === 'generators',
  );
  return [...new Set(outside.map(([from]) => from).filter((from) => from.startsWith('src/')))];
}

/**
 * Folders that contribute values to others, which don't know them: see src/plan/contribution.ts.
 */
const kFeatures: readonly string[] = [
  ...['applications/http', 'log', 'upstream'],
  ...['deploy', 'middleware', 'protocol'].map((kind) => `additions/${kind}`),
].map((name) => `generators/${name}/`);

/** What imports a feature's file from outside its folder; the list of all features may. */
export function featureImporters(graph: Graph): readonly string[] {
  return edges(graph).flatMap(([from, to]) => {
    const folder = kFeatures.find((one) => to.startsWith(one));
    if (folder === undefined || from.startsWith(folder)) return [];
    return from === 'generators/index.ts' ? [] : [`${from} imports ${to}`];
  });
}

/** One circle of imports, from a file back to itself; null if there is none. */
export function circle(graph: Graph): readonly string[] | null {
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of graph.get(path) ?? []) {
      const found = walk(next, [...trail, path]);
      if (found !== null) return found;
    }
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const found = walk(path, []);
    if (found !== null) return found;
  }
  return null;
}

function edges(graph: Graph): readonly (readonly [string, string])[] {
  return [...graph].flatMap(([from, targets]) => targets.map((to) => [from, to] as const));
}

function floorOf(room: string): number {
  const floor = kFloors.findIndex((rooms) => rooms.includes(room));
  if (floor < 0) throw new Error(`the room "${room}" has no floor yet: give it one in this file`);
  return floor;
}
