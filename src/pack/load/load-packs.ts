/** Sources → packs: fetched, checked, trusted where they are code, compiled. */

import { ExitCode, UserError } from '../../error.ts';
import type { Pack } from '../pack.ts';
import { type BuildOptions, buildPack } from './build-pack.ts';
import { collisionsOf } from './collisions.ts';
import { type OpenPack, openChain } from './open-pack.ts';
import { identityOf } from './plop-pack.ts';
import { stacked } from './stack.ts';

export type LoadOptions = BuildOptions;

/** As `hpserver.json` knows it; a source alone is new, or what a known one becomes: the newest. */
export interface WantedPack {
  readonly source: string;
  readonly name?: string;
  readonly version?: string;
}

/** Errors: those of `loadPacks`. */
export async function loadPack(source: string, options: LoadOptions): Promise<Pack> {
  const [pack] = await loadPacks([{ source }], options);
  if (pack === undefined) throw new Error(`${source} has loaded no pack`);
  return pack;
}

/**
 * One pack for each name, in their order: a new source of a known pack takes its place. A parent
 * that several extend is loaded once.
 * Errors: `UserError`: usage for what is no pack or does not fit the others, failure where it
 * cannot be fetched, untrusted pack where its code may not run.
 */
export async function loadPacks(
  wanted: readonly WantedPack[],
  options: LoadOptions,
): Promise<readonly Pack[]> {
  const layers = new Map<string, Pack>();
  const packs: Pack[] = [];
  for (const chain of await chainsOf(wanted, options)) {
    packs.push(await packOf(chain, layers, options));
  }
  return packs;
}

type Chain = readonly OpenPack[];

/** New ones are opened first: whose place they take does not have to be there any more. */
async function chainsOf(
  wanted: readonly WantedPack[],
  { directory, env }: LoadOptions,
): Promise<readonly Chain[]> {
  const opened = new Map<WantedPack, Chain>();
  const heirs = new Map<string, WantedPack>();
  for (const pack of wanted.filter(({ name }) => name === undefined)) {
    const chain = await openChain(pack.source, { directory, env });
    opened.set(pack, chain);
    heirs.set(nameOf(chain), pack);
  }
  const known = wanted.filter(({ name }) => name !== undefined);
  const order = [...known.map((pack) => heirs.get(pack.name ?? '') ?? pack), ...opened.keys()];
  const chains: Chain[] = [];
  for (const pack of new Set(order)) {
    const { source, version } = pack;
    const options = { directory, env, ...(version ? { version } : {}) };
    chains.push(opened.get(pack) ?? (await openChain(source, options).catch(orNamedAnew)));
  }
  return chains;
}

/** A pack that the project has may have moved. */
function orNamedAnew(thrown: unknown): never {
  if (!(thrown instanceof UserError)) throw thrown;
  const elsewhere = 'Or say where it is now: create-hpserver regenerate --pack SOURCE.';
  const issues = thrown.issues.map((issue) => ({ ...issue, fix: `${issue.fix} ${elsewhere}` }));
  throw new UserError(thrown.exitCode, issues, { cause: thrown });
}

function nameOf(chain: Chain): string {
  const top = chain.at(-1);
  return top === undefined ? '' : identityOf(top).name;
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
