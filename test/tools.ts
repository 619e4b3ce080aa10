/** Programs some tests need, and a machine may lack. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * False if `program` is missing, so a test can be skipped. Errors: in CI, where no one reads which
 * tests were skipped, it must be there.
 */
export function isInstalled(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(':');
  if (folders.some((folder) => isExecutable(join(folder, program)))) return true;
  if (!process.env.CI) return false;
  const wayOut = 'npx tsx src/bin.ts doctor --for tests --fix';
  throw new Error(`tests need ${program}, which is not installed; ${wayOut} installs it`);
}

/** Looked up, not started: what a program does when asked for its version varies. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The prefix that makes `directory` a disk without a free byte for a command; everything else is
 * unaffected. Null if this user may not mount anything.
 */
export function onFullDisk(directory: string): readonly string[] | null {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const fills = 'cat /dev/zero > "$0/filling" 2>/dev/null; test -s "$0/filling"';
  const script = `mount -t tmpfs -o size=64k none "$0" && { ${fills}; } && exec "$@"`;
  const command = ['--mount', ...asRoot, 'sh', '-c', script, directory];
  return spawnSync('unshare', [...command, 'true']).status === 0 ? ['unshare', ...command] : null;
}
