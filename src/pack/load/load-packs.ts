/** Sources → packs: fetched, checked, trusted if they contain code, compiled. */

import semver from 'semver';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { PackReference, PinnedPack } from '../../spec/spec.ts';
import type { Pack } from '../pack.ts';
import { type BuildOptions, buildPack } from './build-pack.ts';
import { collisionsOf, reservedIssues } from './collisions.ts';
import { identityOf } from './identity.ts';
import { codeIn, type OpenPack, openChain, referenceOf } from './open-pack.ts';
import { stacked } from './stack.ts';
import { isTrusted, type PackCode } from './trust.ts';

export interface LoadOptions extends BuildOptions {
  /** Fetches nothing. */
  readonly isLook: boolean;
}

/**
 * A pack as recorded in `hpserver.json`. If it has only a source, it is new, or replaces a known
 * pack, and the newest version is loaded.
 */
export interface WantedPack {
  readonly source: string;
  readonly name?: string;
  readonly version?: string;
  readonly sha256?: string;
  readonly parents?: readonly PinnedPack[];
}

/** Errors: those of `loadPacks`. */
export async function loadPack(source: string, options: LoadOptions): Promise<Pack> {
  const [pack] = await loadPacks([{ source }], options);
  if (pack === undefined) throw new Error(`${source} has loaded no pack`);
  return pack;
}

/**
 * The packs in order, one for each name: a new source of a known pack replaces that pack. A parent
 * that several packs extend is loaded once. Errors: `UserError`: usage for anything that isn't a
 * pack or does not fit the others, failure if it cannot be fetched, untrusted pack if its code may
 * not run.
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

/**
 * Reports packs older than those with which the project was written: their folder may have been
 * reverted.
 */
export function olderIssues(
  packs: readonly Pack[],
  before: readonly PackReference[],
): readonly Issue[] {
  return packs.flatMap(({ name, version, reference }) => {
    const known = before.find((each) => each.name === name);
    if (known === undefined || semver.valid(version) === null) return [];
    if (!semver.lt(version, known.version)) return [];
    const message = `the pack ${name} is ${version}, but the project used ${known.version}`;
    const fix = 'Use the newer version, or see what changes: create-hpserver diff.';
    return [{ at: reference?.source ?? name, message, fix }];
  });
}

type Chain = readonly OpenPack[];

/** New packs are opened first, since the packs they replace may no longer exist. */
async function chainsOf(
  wanted: readonly WantedPack[],
  { directory, env, isLook }: LoadOptions,
): Promise<readonly Chain[]> {
  const opened = new Map<WantedPack, Chain>();
  const heirs = new Map<string, WantedPack>();
  for (const pack of wanted.filter(({ name }) => name === undefined)) {
    const chain = await openChain(pack.source, { directory, env, isLook });
    opened.set(pack, chain);
    heirs.set(nameOf(chain), pack);
  }
  const known = wanted.filter(({ name }) => name !== undefined);
  const order = [...known.map((pack) => heirs.get(pack.name ?? '') ?? pack), ...opened.keys()];
  const chains: Chain[] = [];
  for (const pack of new Set(order)) {
    const { source, parents: pins = [], ...pin } = pack;
    const options = { directory, env, isLook, pin, pins };
    chains.push(opened.get(pack) ?? (await openChain(source, options).catch(orNamedAnew)));
  }
  return chains;
}

/** Adds to the hints that a pack of the project may have moved. */
function orNamedAnew(thrown: unknown): never {
  if (!(thrown instanceof UserError)) throw thrown;
  const elsewhere = 'If it has moved: create-hpserver regenerate --pack SOURCE.';
  const issues = thrown.issues.map((issue) => ({ ...issue, fix: `${issue.fix} ${elsewhere}` }));
  throw new UserError(thrown.exitCode, issues, { cause: thrown });
}

function nameOf(chain: Chain): string {
  const top = chain.at(-1);
  return top === undefined ? '' : identityOf(top).name;
}

/** `layers`: the packs built so far, by hash. Packs built here are added to it. */
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
  // It may have been built before, as the parent of another pack that refers to it differently.
  const reference = referenceOf(chain);
  return { ...stacked(top, fresh), reference, untrusted: await untrustedIn(chain, options) };
}

async function untrustedIn(chain: Chain, options: LoadOptions): Promise<readonly PackCode[]> {
  const untrusted: PackCode[] = [];
  for (const code of chain.map(codeIn)) {
    if (!(await isTrusted(code, options))) untrusted.push(code);
  }
  return untrusted;
}

function refuseCollisions(pack: Pack, before: readonly Pack[]): void {
  const issues = [...reservedIssues(pack), ...collisionsOf(pack, before)];
  if (issues.length > 0) throw new UserError(ExitCode.usage, issues);
}
