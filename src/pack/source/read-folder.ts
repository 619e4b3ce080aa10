/** A folder on the disk → the files of a pack. */

import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asDiskError, errorCode } from '../../disk/disk-error.ts';
import { ExitCode, UserError } from '../../error.ts';
import { Gathering, type PackFolder } from './pack-folder.ts';

/** Not part of the pack: its repository's history, and the packages that its code has installed. */
const kSkipped = ['.git', 'node_modules'];

/** Errors: `UserError` (usage) if it isn't a folder, or contains what no pack may. */
export async function readFolder(root: string, source: string): Promise<PackFolder> {
  const gathering = new Gathering(source);
  try {
    await visit(root, '', gathering);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw asDiskError(thrown, root);
    const message = `there is no folder ${root}`;
    const fix = 'Use ./FOLDER, an npm NAME[@RANGE], FILE.tgz, or git+URL#COMMIT.';
    throw new UserError(ExitCode.usage, [{ at: source, message, fix }], { cause: thrown });
  }
  return gathering.finish(root);
}

async function visit(root: string, folder: string, gathering: Gathering): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (folder === '' && kSkipped.includes(entry.name)) continue;
    if (entry.isSymbolicLink()) throw gathering.kindRefusal(path, 'symbolic link');
    if (entry.isDirectory()) {
      await visit(root, path, gathering);
      continue;
    }
    if (!entry.isFile()) throw gathering.kindRefusal(path, 'device, pipe or socket');
    const { size, mode } = await lstat(join(root, path));
    // The size is checked first, so a file of many gigabytes is never read.
    gathering.look(path, size);
    gathering.add(path, mode, await readFile(join(root, path)));
  }
}
