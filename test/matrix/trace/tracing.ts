/** Which sources of the core a trace changes: those that reach trace.h, however far it is. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { kRepository } from '../projects.ts';

const kNativeCore = join(kRepository, 'native-core');
const kTrace = 'include/hpserver/base/trace.h';

let found: readonly string[] | null = null;

/** Below the core's folder: `src/net/acceptor.cc`. Read once. */
export function tracingSources(): readonly string[] {
  found ??= sourcesThatReach(kTrace);
  return found;
}

function sourcesThatReach(header: string): readonly string[] {
  const includes = new Map(filesOfTheCore().map((path) => [path, includedBy(path)]));
  const reaching = new Set([header]);
  // A set's own loop also visits what is added to it meanwhile.
  for (const target of reaching) {
    for (const [path, places] of includes) if (places.includes(target)) reaching.add(path);
  }
  return [...reaching].filter((path) => /\.cc?$/.test(path)).sort();
}

function filesOfTheCore(): readonly string[] {
  return ['include', 'generated', 'src'].flatMap((folder) =>
    readdirSync(join(kNativeCore, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => posix.join(folder, path))
      .filter((path) => /\.(h|cc?)$/.test(path) && !path.endsWith('_test.cc')),
  );
}

/** Every place that one of the file's includes may mean. */
function includedBy(path: string): readonly string[] {
  const text = readFileSync(join(kNativeCore, path), 'utf8');
  return [...text.matchAll(/^#include "([^"]+)"/gm)].flatMap(([, name = '']) =>
    [posix.dirname(path), 'include', 'generated'].map((folder) => posix.join(folder, name)),
  );
}
