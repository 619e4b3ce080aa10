/** Programs that some tests want, and that a machine may lack. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * False where `program` is missing, so that a test can be skipped. Errors: in CI, where nobody
 * reads which tests were skipped, it has to be there.
 */
export function isInstalled(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(':');
  if (folders.some((folder) => isExecutable(join(folder, program)))) return true;
  if (!process.env.CI) return false;
  const wayOut = 'npx tsx src/bin.ts doctor --for tests --fix';
  throw new Error(`tests need ${program}, which is not installed; ${wayOut} installs it`);
}

/** Looked up, not started: what a program does when it is only asked for its name is its own. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What to put before a command for which `directory` is a disk without a free byte; for everybody
 * else it stays what it is. Null where this user may mount nothing.
 */
export function onFullDisk(directory: string): readonly string[] | null {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const fills = 'cat /dev/zero > "$0/filling" 2>/dev/null; test -s "$0/filling"';
  const script = `mount -t tmpfs -o size=64k none "$0" && { ${fills}; } && exec "$@"`;
  const command = ['--mount', ...asRoot, 'sh', '-c', script, directory];
  return spawnSync('unshare', [...command, 'true']).status === 0 ? ['unshare', ...command] : null;
}
