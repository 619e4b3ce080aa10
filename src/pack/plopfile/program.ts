/** The program that runs plopfiles, and under which permissions Node runs it. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

let built: string | null = null;

/**
 * In the package it is bundled, beside this code or a folder above. From source it is bundled on
 * its first use: the plopfile must not run under whatever loads the sources (tsx, vitest).
 */
export function childProgram(): string {
  if (!import.meta.url.endsWith('.ts')) {
    const places = ['./plopfile-child.js', '../plopfile-child.js'];
    const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
    const program = found.find((path) => existsSync(path));
    if (program === undefined) throw new Error('create-hpserver cannot find its plopfile-child.js');
    return program;
  }
  built ??= bundleFromSource();
  return built;
}

function bundleFromSource(): string {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const folder = join(root, 'node_modules/.cache/create-hpserver');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'plopfile-child.mjs');
  const mine = join(folder, `plopfile-child-${process.pid}.mjs`);
  const source = join(root, 'src/pack/plopfile/child/main.ts');
  const options = ['--bundle', '--packages=external', '--platform=node', '--format=esm'];
  const esbuild = join(root, 'node_modules/.bin/esbuild');
  execFileSync(esbuild, [source, ...options, '--log-level=error', `--outfile=${mine}`]);
  // Another run of the tests may be reading it.
  renameSync(mine, program);
  return program;
}

/**
 * Node's permission model: everything may be read; of files, only these folders may be written to.
 * What a plopfile starts as a process of its own is not held to that.
 * See: https://nodejs.org/api/permissions.html
 */
export function permissionsFor(writable: readonly string[]): readonly string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const model = known.has('--permission') ? '--permission' : '--experimental-permission';
  const allowed = ['addons', 'child-process', 'worker', 'wasi', 'net']
    .map((what) => `--allow-${what}`)
    .filter((flag) => known.has(flag));
  return [
    model,
    '--allow-fs-read=*',
    // A folder that does not end in a slash would be the beginning of others too.
    ...[...writable.map((folder) => `${folder}/`), '/dev/null'].map(
      (place) => `--allow-fs-write=${place}`,
    ),
    ...allowed,
    // They say that permissions are in use, and that they have holes.
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ];
}
