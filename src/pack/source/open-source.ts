/** A source → its files: read from here, from the cache, or fetched. */

import { cacheFolder, type Environment, keep, kept } from './cache.ts';
import { type FetchPlace, fetchFromGit, fetchFromNpm } from './fetch.ts';
import type { PackFolder } from './pack-folder.ts';
import { readFolder } from './read-folder.ts';
import { readTarball } from './read-tarball.ts';
import { parseSource } from './reference.ts';

export interface OpenOptions {
  /** What relative paths start from. */
  readonly directory: string;
  readonly env: Environment;
  /** The version of an npm package that is wanted, whatever newer one its range allows. */
  readonly version?: string;
}

/** Errors: `UserError`: usage for no source or no pack, failure where it cannot be fetched. */
export async function openSource(source: string, options: OpenOptions): Promise<PackFolder> {
  const reference = parseSource(source, options.directory);
  const cache = cacheFolder(options.env);
  const place: FetchPlace = { cache, directory: options.directory, source };
  switch (reference.kind) {
    case 'folder':
      return readFolder(reference.path, source);
    case 'tarball':
      return keep(cache, source, await readTarball(reference.path, source));
    case 'git':
      return (
        (await kept(cache, source)) ?? keep(cache, source, await fetchFromGit(reference, place))
      );
    case 'npm': {
      const exact = { ...reference, range: options.version ?? reference.range };
      const key = `${exact.name}@${exact.range}`;
      // A range may have got a newer version since; a version stays what it is.
      const before = /^\d+\.\d+\.\d+/.test(exact.range) ? await kept(cache, key) : null;
      return before ?? keep(cache, key, await fetchFromNpm(exact, place));
    }
  }
}
