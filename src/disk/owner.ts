/**
 * Gives new files the right owner: root, in a container or by sudo, works in other users' projects.
 */

import { chownSync, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './disk-error.ts';
import type { FileSystem, Owner } from './file-system.ts';

/** What chown(2) returns if it isn't permitted, or if the file system has no owners. */
const kUnable = new Set(['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** Gives the file to its owner as far as the system permits; set its mode afterwards. */
export async function give(path: string, owner: Owner, system: FileSystem): Promise<void> {
  const { uid, gid } = lstatSync(path);
  if (uid === owner.uid && gid === owner.gid) return;
  try {
    await system.changeOwner(path, owner);
  } catch (thrown) {
    if (!kUnable.has(errorCode(thrown) ?? '')) throw thrown;
  }
}

/** What root creates in another user's project becomes that user's. */
export function ownedLike(directory: string, system: FileSystem): FileSystem {
  const { uid, gid } = statSync(directory);
  if (process.geteuid?.() !== 0 || uid === 0) return system;
  const toOwner = (path: string) => give(path, { uid, gid }, system);
  return {
    ...system,
    makeFolder: async (path) => {
      const first = await system.makeFolder(path);
      if (first === undefined) return first;
      for (let made = path; ; made = dirname(made)) {
        await toOwner(made);
        if (made === first) return first;
      }
    },
    writeFile: async (path, text, mode) => {
      await system.writeFile(path, text, mode);
      await toOwner(path);
    },
  };
}

/** Does the same for a folder that was created without a `FileSystem`. */
export function giveLikeProject(directory: string, folder: string): void {
  const { uid, gid } = statSync(directory);
  if (process.geteuid?.() === 0 && uid !== 0) chownSync(folder, uid, gid);
}
