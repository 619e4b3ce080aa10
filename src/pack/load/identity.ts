/** A pack's name and version. */

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isVersion } from '../../spec/parse/parse-packs.ts';
import type { PackReference } from '../../spec/spec.ts';
import type { PackDocument } from '../document/document.ts';
import type { PackFolder } from '../source/pack-folder.ts';

export type Identity = Pick<PackReference, 'name' | 'version'>;

interface Named {
  readonly folder: PackFolder;
  /** Null for a folder with a plopfile. */
  readonly document: PackDocument | null;
}

/**
 * The name and version in its document; for a plopfile, those in package.json or, by default, the
 * folder's name.
 */
export function identityOf({ folder, document }: Named): Identity {
  if (document !== null) return { name: document.name, version: document.version };
  const fallback = { name: basename(folder.root), version: '0.0.0' };
  try {
    // The package.json isn't one of the pack's files, and needs no trust: nothing in it runs.
    const stated: unknown = JSON.parse(readFileSync(join(folder.root, 'package.json'), 'utf8'));
    const { name, version } = stated as Record<string, unknown>;
    return {
      name: typeof name === 'string' && name !== '' ? name : fallback.name,
      // The version is recorded, and the next run accepts only a valid one.
      version: typeof version === 'string' && isVersion(version) ? version : fallback.version,
    };
  } catch {
    return fallback;
  }
}
