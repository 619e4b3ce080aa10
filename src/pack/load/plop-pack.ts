/** A folder with a plopfile instead of an `hppack.json`: all of it is code. */

import type { Ground } from '../ground.ts';
import type { Pack } from '../pack.ts';
import { identityOf } from './identity.ts';
import { codeIn, type OpenPack } from './open-pack.ts';
import { requireTrust, type TrustOptions } from './trust.ts';

/** Errors: `UserError`: untrusted pack, or the fault in the plopfile. */
export async function plopPack(
  open: OpenPack,
  { additions }: Ground,
  options: TrustOptions & { readonly directory: string },
): Promise<Pack> {
  const { source, folder } = open;
  const identity = identityOf(open);
  await requireTrust(codeIn(open), options);
  const { loadPlopfile } = await import('../plopfile/load-plopfile.ts');
  const taken = additions.map(({ kind }) => kind);
  return loadPlopfile(folder.root, { source, ...identity }, { project: options.directory, taken });
}
