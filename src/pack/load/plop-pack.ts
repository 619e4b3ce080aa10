/** A folder with a plopfile instead of an `hppack.json`: all of it is code. */

import { basename } from 'node:path';
import { isPlopfile } from '../document/document.ts';
import type { Ground } from '../ground.ts';
import type { Pack } from '../pack.ts';
import { textOf } from '../source/pack-folder.ts';
import type { OpenPack } from './open-pack.ts';
import { requireTrust, type TrustOptions } from './trust.ts';

/** Errors: `UserError`: untrusted pack, or what is wrong with the plopfile. */
export async function plopPack(
  open: OpenPack,
  { additions }: Ground,
  options: TrustOptions & { readonly directory: string },
): Promise<Pack> {
  const { place, source, folder } = open;
  const modules = [...folder.files.keys()].filter(isPlopfile);
  const identity = identityOf(open);
  const code = { source: place, ...identity, hash: folder.hash, modules, commands: [] };
  await requireTrust(code, options);
  const { loadPlopfile } = await import('../plopfile/load-plopfile.ts');
  const taken = additions.map(({ kind }) => kind);
  return loadPlopfile(folder.root, { source, ...identity }, { project: options.directory, taken });
}

/** As its package.json says, or as its folder is called. */
export function identityOf({ folder, document }: OpenPack): Pick<Pack, 'name' | 'version'> {
  if (document !== null) return document;
  const fallback = { name: basename(folder.root), version: '0.0.0' };
  try {
    const stated: unknown = JSON.parse(textOf(folder, 'package.json') ?? '{}');
    const { name, version } = stated as Record<string, unknown>;
    return { name: String(name ?? fallback.name), version: String(version ?? fallback.version) };
  } catch {
    return fallback;
  }
}
