/** A source → its files: read locally, taken from the cache, or fetched. */

import { ExitCode, UserError } from '../../error.ts';
import { isVersion } from '../../spec/parse/parse-packs.ts';
import { plopfileIn } from '../plopfile/plopfile-in.ts';
import { cacheFolder, type Environment, keep, kept, keptContent } from './cache.ts';
import type { Child } from './child.ts';
import { type FetchPlace, fetchFromGit, fetchFromNpm } from './fetch.ts';
import type { PackFolder } from './pack-folder.ts';
import { readFolder } from './read-folder.ts';
import { readTarball } from './read-tarball.ts';
import { parseSource, type SourceReference } from './reference.ts';
import { shellWord } from './shell-word.ts';

/** What a pack was when it was last used. */
export interface Pin {
  /** The version of an npm package, which is used even if its range allows a newer one. */
  readonly version?: string;
  readonly sha256?: string;
}

export interface OpenOptions {
  /** The base of relative paths. */
  readonly directory: string;
  readonly env: Environment;
  /**
   * Fetches and keeps nothing: what is not available locally is refused, with the command to fetch
   * it.
   */
  readonly isLook: boolean;
  readonly pin?: Pin;
  /** The pack whose parent it is; absent for a pack that the user or the project names. */
  readonly child?: Child;
}

/**
 * Errors: `UserError`: usage if it isn't a source or a pack; failure if it cannot be fetched, if a
 * look would have to fetch it, or if it isn't what it was.
 */
export async function openSource(source: string, options: OpenOptions): Promise<PackFolder> {
  const reference = parseSource(source, options.directory);
  if (reference.kind === 'folder') {
    return (await plopFolderAt(reference.path, source)) ?? readFolder(reference.path, source);
  }
  const folder =
    reference.kind === 'tarball'
      ? await fromTarball(reference.path, source, options)
      : await fromElsewhere(reference, source, options);
  refuseOther(folder, source, options.pin);
  return folder;
}

async function fromTarball(
  path: string,
  source: string,
  { env, isLook }: OpenOptions,
): Promise<PackFolder> {
  const folder = await readTarball(path, source);
  return isLook ? folder : keep(cacheFolder(env), source, folder);
}

type Elsewhere = Extract<SourceReference, { readonly kind: 'npm' | 'git' }>;

async function fromElsewhere(
  reference: Elsewhere,
  source: string,
  { directory, env, isLook, pin, child }: OpenOptions,
): Promise<PackFolder> {
  const cache = cacheFolder(env);
  const place: FetchPlace = {
    cache,
    directory: child?.project ?? directory,
    env,
    source,
    child: child ?? null,
  };
  const pinned = pin?.sha256 === undefined ? null : await keptContent(cache, pin.sha256, source);
  if (pinned !== null) return pinned;
  if (reference.kind === 'git') {
    const before = await kept(cache, source);
    if (before !== null) return before;
    if (isLook) throw notHere(source);
    return keep(cache, source, await fetchFromGit(reference, place));
  }
  const exact = { ...reference, range: pin?.version ?? reference.range };
  const key = `${exact.name}@${exact.range}`;
  // By now, a newer version may match a range. An exact version never changes.
  const before = isLook || isVersion(exact.range) ? await kept(cache, key) : null;
  if (before !== null) return before;
  if (isLook) throw notHere(key);
  return keep(cache, key, await fetchFromNpm(exact, place));
}

function notHere(source: string): UserError {
  const message = `the pack ${source} is not on this machine, and this command downloads nothing`;
  const fix = `Download it, without running it: create-hpserver pack explain ${shellWord(source)}`;
  return new UserError(ExitCode.failure, [{ at: source, message, fix }]);
}

function refuseOther({ hash }: PackFolder, source: string, pin: Pin | undefined): void {
  if (pin?.sha256 === undefined || pin.sha256 === hash) return;
  const message =
    `the pack ${source} has changed since the project was written: its sha256 is ${hash}, not ` +
    `${pin.sha256}`;
  const fix =
    `To inspect it: create-hpserver pack explain ${shellWord(source)}; to accept it: ` +
    `create-hpserver regenerate --pack ${shellWord(source)}`;
  throw new UserError(ExitCode.failure, [{ at: source, message, fix }]);
}

/**
 * Finding a plopfile's imports takes TypeScript's parser, which is loaded only if there is a
 * plopfile.
 */
async function plopFolderAt(path: string, source: string): Promise<PackFolder | null> {
  if (plopfileIn(path) === null) return null;
  const { plopFolder } = await import('../plopfile/contents/plop-folder.ts');
  return await plopFolder(path, source);
}
