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

/** As given in its package.json, or from its folder's name. */
export function identityOf({ folder, document }: Named): Identity {
  if (document !== null) return { name: document.name, version: document.version };
  const fallback = { name: basename(folder.root), version: '0.0.0' };
  try {
    // It isn't part of a plopfile's pack, nor of what is trusted: nothing in it runs.
    const stated: unknown = JSON.parse(readFileSync(join(folder.root, 'package.json'), 'utf8'));
    const { name, version } = stated as Record<string, unknown>;
    return {
      name: typeof name === 'string' && name !== '' ? name : fallback.name,
      // The next run reads it again, and accepts only a valid version.
      version: typeof version === 'string' && isVersion(version) ? version : fallback.version,
    };
  } catch {
    return fallback;
  }
}
