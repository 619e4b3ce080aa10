/** The program that runs plopfiles, and the permissions Node gives it. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

let built: string | null = null;

/**
 * In the package, the program is bundled, beside this code or in the folder above. From source, it
 * is bundled on first use, because a plopfile must not run under the loader of the sources (tsx,
 * vitest).
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
  // Another test run may be reading it.
  renameSync(mine, program);
  return program;
}

/**
 * Node's permission model: all files may be read, but only these folders written to. Programs that
 * the plopfile starts are not restricted. See: https://nodejs.org/api/permissions.html
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
    // Without the trailing slash, a folder would also match others whose names start with its name.
    ...[...writable.map((folder) => `${folder}/`), '/dev/null'].map(
      (place) => `--allow-fs-write=${place}`,
    ),
    ...allowed,
    // Turns off the warnings that the permission model is in use, and that it has gaps.
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ];
}
