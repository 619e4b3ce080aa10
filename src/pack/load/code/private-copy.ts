/** Copies a pack's files to a folder in which nothing changes, and nothing else exists. */

import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asDiskError } from '../../../disk/disk-error.ts';
import type { PackFolder } from '../../source/pack-folder.ts';

const copies = new Map<string, Promise<string>>();

/**
 * A folder with exactly the bytes that were hashed; removed when the process exits. Errors:
 * `UserError` (failure) if the disk refuses.
 */
export function privateCopy(folder: PackFolder): Promise<string> {
  const known = copies.get(folder.hash) ?? copied(folder);
  copies.set(folder.hash, known);
  return known;
}

const places = new Set<string>();

function removeAll(): void {
  for (const place of places) rmSync(place, { recursive: true, force: true });
}

async function copied({ files }: PackFolder): Promise<string> {
  try {
    const place = await mkdtemp(join(tmpdir(), 'hpserver-code-'));
    if (places.size === 0) process.once('exit', removeAll);
    places.add(place);
    // To determine a module's type, Node looks for a package.json, here and in the folders above:
    // this one ends that search.
    await writeFile(join(place, 'package.json'), '{"type": "module"}\n');
    for (const [path, { bytes, mode }] of files) {
      const file = join(place, 'pack', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      await chmod(file, mode);
    }
    return join(place, 'pack');
  } catch (thrown) {
    throw asDiskError(thrown, tmpdir());
  }
}
