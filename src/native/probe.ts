/** Looks for each requirement on this machine, by running it. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Probe, Purpose, Requirement } from './requirements.ts';
import { runCommand } from './run-command.ts';

export interface Finding {
  readonly requirement: Requirement;
  readonly status: 'ok' | 'missing' | 'outdated';
  /** What was found, such as `cmake 3.25.1`; empty for nothing. */
  readonly found: string;
}

/** One finding for each requirement of that purpose, in order. */
export function probeAll(
  requirements: readonly Requirement[],
  purpose: Purpose,
): Promise<readonly Finding[]> {
  const needed = requirements.filter(({ needs }) => needs[purpose] !== undefined);
  return Promise.all(
    needed.map(async (requirement) => ({ requirement, ...(await probe(requirement.probe)) })),
  );
}

type Found = Pick<Finding, 'status' | 'found'>;

const kMissing: Found = { status: 'missing', found: '' };

async function probe(wanted: Probe): Promise<Found> {
  switch (wanted.kind) {
    case 'node':
      return judged(`node ${process.versions.node}`, process.versions.node, wanted.atLeast);
    case 'program':
      return firstProgram(wanted);
    case 'compiler': {
      const name = await cxx20();
      return name === null ? kMissing : { status: 'ok', found: name };
    }
    case 'header':
      return findHeader(wanted);
    case 'fuzzer':
      return findFuzzer(wanted.name);
  }
}

async function firstProgram(wanted: Extract<Probe, { kind: 'program' }>): Promise<Found> {
  let best = kMissing;
  for (const name of wanted.names) {
    const { started, tail } = await runCommand([name, wanted.versionFlag ?? '--version'], '/');
    if (!started) continue;
    const version = /\d+(\.\d+)+/.exec(tail.join('\n'))?.[0] ?? '';
    const found = judged(`${name} ${version}`.trim(), version, wanted.atLeast);
    if (found.status === 'ok') return found;
    best = found;
  }
  return best;
}

function judged(found: string, version: string, atLeast: string | undefined): Found {
  const isOld = atLeast !== undefined && compareVersions(version, atLeast) < 0;
  return { status: isOld ? 'outdated' : 'ok', found };
}

/** Negative if `a` is older than `b`: compared number by number. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Features of C++20 that old compilers with `-std=c++20` lack. */
const kCxx20 = `#include <concepts>
#include <span>
#include <stop_token>
template <std::integral T> constexpr T twice(T x) { return x + x; }
static_assert(twice(2) == 4 && std::span<const int>{}.empty());
`;

let compiler: Promise<string | null> | undefined;

/** The compiler CMake would choose, if it accepts C++20; null for none. Looked up once. */
function cxx20(): Promise<string | null> {
  compiler ??= (async () => {
    const candidates = [process.env.CXX, 'g++', 'clang++', 'c++'];
    for (const name of candidates) {
      if (!name) continue;
      const { status } = await compile(name, ['-std=c++20', '-fsyntax-only'], kCxx20);
      if (status === 0) return name;
    }
    return null;
  })();
  return compiler;
}

async function findHeader({
  header,
  declares,
}: Extract<Probe, { kind: 'header' }>): Promise<Found> {
  if (!(await compiles(`#if !__has_include(<${header}>)\n#error missing\n#endif\n`))) {
    return kMissing;
  }
  const isNew =
    declares === undefined || (await compiles(`#include <${header}>\nauto* p = &${declares};\n`));
  return { status: isNew ? 'ok' : 'outdated', found: header };
}

/** Links a program, because compiling alone doesn't need the runtime. */
async function findFuzzer(name: string): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'probe-'));
  try {
    const flags = ['-fsanitize=fuzzer', '-o', join(folder, 'fuzzer')];
    const source = 'extern "C" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }';
    const { status } = await compile(name, flags, source);
    return status === 0 ? { status: 'ok', found: name } : kMissing;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compiles(source: string): Promise<boolean> {
  const name = await cxx20();
  if (name === null) return false;
  return (await compile(name, ['-std=c++20', '-fsyntax-only'], source)).status === 0;
}

function compile(
  name: string,
  flags: readonly string[],
  source: string,
): Promise<{ readonly status: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(name, [...flags, '-x', 'c++', '-'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.on('error', () => resolve({ status: null }));
    child.on('close', (status) => resolve({ status }));
    // A program that isn't a compiler may close its input before all of it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(source);
  });
}
