/**
 * Compiles each C++ header alone, or behind headers that it includes itself: those change nothing
 * for it. The first include of its own unit is compiled alone by every build, and a header whose
 * includes did not change is not compiled again.
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kRoot, type Source } from './sources.ts';

const kIncludes = ['native-core/include', 'native-core/generated'];
const kCache = join(kRoot, 'node_modules/.cache/create-hpserver/headers');
const kFlags = [
  '-std=c++20',
  '-fsyntax-only',
  '-Wall',
  '-Wextra',
  '-Wpedantic',
  '-Wshadow',
  '-Werror',
];

/** What the compiler says of headers that do not stand alone. */
export async function dependentHeaders(headers: readonly Source[]): Promise<readonly string[]> {
  mkdirSync(kCache, { recursive: true });
  const open = headers.filter(
    ({ path }) => !leadsItsUnit(path) && !existsSync(join(kCache, fingerprint(path))),
  );
  const chains = chained(open.map(({ path }) => path));
  const faults: string[] = [];
  const next = async (): Promise<void> => {
    for (let chain = chains.pop(); chain !== undefined; chain = chains.pop()) {
      const fault = await compile(chain);
      if (fault !== null) faults.push(fault);
      else for (const path of chain) writeFileSync(join(kCache, fingerprint(path)), '');
    }
  };
  await Promise.all([next(), next()]);
  return faults;
}

type Chain = readonly [string, ...string[]];

/** Chains in which each header includes the one before it: one run of the compiler is for all. */
function chained(paths: readonly string[]): Chain[] {
  const includes = new Map(paths.map((path) => [path, closure(path)]));
  const size = (path: string) => includes.get(path)?.length ?? 0;
  const chains: [string, ...string[]][] = [];
  for (const path of paths.toSorted((a, b) => size(a) - size(b))) {
    const within = includes.get(path) ?? [];
    const fitting = chains.filter((chain) => within.includes(chain.at(-1) ?? ''));
    // The longest includes: shorter ones may yet stand before others.
    const longest = fitting.toSorted((a, b) => size(b.at(-1) ?? '') - size(a.at(-1) ?? ''))[0];
    if (longest === undefined) chains.push([path]);
    else longest.push(path);
  }
  return chains;
}

function leadsItsUnit(path: string): boolean {
  const unit = path.replace('/include/hpserver/', '/src/').replace(/\.h$/, '.cc');
  if (!existsSync(join(kRoot, unit))) return false;
  const [, first = ''] =
    /^#include ["<]([^">]+)/m.exec(readFileSync(join(kRoot, unit), 'utf8')) ?? [];
  return path.endsWith(`/include/${first}`);
}

async function compile(chain: Chain): Promise<string | null> {
  const includes = kIncludes.map((folder) => `-I${folder}`);
  // Included, because a header in the place of the main file is warned of for its #pragma once.
  const alone = [...chain.flatMap((path) => ['-include', path]), '-x', 'c++', '/dev/null'];
  try {
    await promisify(execFile)('g++', [...kFlags, ...includes, ...alone], { cwd: kRoot });
    return null;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    return `${chain.join(', ')}: ${said.split('\n').slice(1, 6).join('\n')}`;
  }
}

/** A hash of the header and of everything of ours that it includes. */
function fingerprint(path: string): string {
  const hash = createHash('sha256').update(kFlags.join(' '));
  for (const file of closure(path)) hash.update(file).update(readFileSync(join(kRoot, file)));
  return hash.digest('hex');
}

function closure(path: string): readonly string[] {
  const seen = new Set([path]);
  for (const file of seen) {
    const text = readFileSync(join(kRoot, file), 'utf8');
    for (const [, included = ''] of text.matchAll(/^#include "([^"]+)"/gm)) {
      const found = kIncludes.map((folder) => join(folder, included));
      for (const candidate of found) if (existsSync(join(kRoot, candidate))) seen.add(candidate);
    }
  }
  return [...seen].sort();
}
