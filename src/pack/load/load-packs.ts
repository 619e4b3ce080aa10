/** Sources → packs: fetched, checked, trusted where they are code, compiled. */

import { ExitCode, UserError } from '../../error.ts';
import type { Pack } from '../pack.ts';
import { type BuildOptions, buildPack } from './build-pack.ts';
import { collisionsOf } from './collisions.ts';
import { type OpenPack, openChain } from './open-pack.ts';
import { stacked } from './stack.ts';

export type LoadOptions = BuildOptions;

/** A source with the version that `hpserver.json` has of it; without one, the newest. */
export interface WantedPack {
  readonly source: string;
  readonly version?: string;
}

/** Errors: those of `loadPacks`. */
export async function loadPack(source: string, options: LoadOptions): Promise<Pack> {
  const [pack] = await loadPacks([{ source }], options);
  if (pack === undefined) throw new Error(`${source} has loaded no pack`);
  return pack;
}

/**
 * One pack for each source, in their order; a parent that several extend is loaded once.
 * Errors: `UserError`: usage for what is no pack or does not fit the others, failure where it
 * cannot be fetched, untrusted pack where its code may not run.
 */
export async function loadPacks(
  wanted: readonly WantedPack[],
  options: LoadOptions,
): Promise<readonly Pack[]> {
  const layers = new Map<string, Pack>();
  const packs: Pack[] = [];
  for (const { source, version } of wanted) {
    const { directory, env } = options;
    const chain = await openChain(source, { directory, env, ...(version ? { version } : {}) });
    packs.push(await packOf(chain, layers, options));
  }
  return packs;
}

/** `layers` are the packs that were built before, by their hashes; these are put to them. */
async function packOf(
  chain: readonly OpenPack[],
  layers: Map<string, Pack>,
  options: LoadOptions,
): Promise<Pack> {
  const fresh: Pack[] = [];
  const parents: Pack[] = [options.builtIn];
  let top: Pack | undefined;
  for (const open of chain) {
    top = layers.get(open.folder.hash);
    if (top === undefined) {
      top = await buildPack(open, parents, options);
      refuseCollisions(top, [options.builtIn, ...layers.values()]);
      layers.set(open.folder.hash, top);
      fresh.push(top);
    }
    parents.push(top);
  }
  if (top === undefined) throw new Error('a chain of packs is never empty');
  return stacked(top, fresh);
}

function refuseCollisions(pack: Pack, before: readonly Pack[]): void {
  const issues = collisionsOf(pack, before);
  if (issues.length > 0) throw new UserError(ExitCode.usage, issues);
}
