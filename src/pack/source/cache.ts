/** Packs from elsewhere, kept by content hash below XDG_CACHE_HOME. */

import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { asDiskError, errorCode } from '../../disk/disk-error.ts';
import { UserError } from '../../error.ts';
import { sha256 } from '../../tree/hash.ts';
import type { PackFolder } from './pack-folder.ts';
import { readFolder } from './read-folder.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** XDG Base Directory Specification 0.8: a relative path must be ignored. */
export function cacheFolder(env: Environment): string {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : null;
  return join(base ?? join(env.HOME || homedir(), '.cache'), 'create-hpserver', 'packs');
}

/** The files that were kept for this source; null if none were, or if they have changed since. */
export async function kept(cache: string, source: string): Promise<PackFolder | null> {
  try {
    const hash = (await readFile(join(cache, 'sources', sha256(source)), 'utf8')).trim();
    return await keptContent(cache, hash, source);
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null;
    throw asDiskError(thrown, cache);
  }
}

/** The files with this hash, from whatever source they came; null if none were kept. */
export async function keptContent(
  cache: string,
  hash: string,
  source: string,
): Promise<PackFolder | null> {
  const folder = await contentOf(join(cache, 'content', hash), source);
  return folder?.hash === hash ? folder : null;
}

/**
 * Stores the files under their hash, and notes the hash for this source. Returns the pack in the
 * cache.
 */
export async function keep(cache: string, source: string, folder: PackFolder): Promise<PackFolder> {
  const root = join(cache, 'content', folder.hash);
  if ((await contentOf(root, source))?.hash !== folder.hash) await store(cache, root, folder);
  await mkdir(join(cache, 'sources'), { recursive: true });
  await writeFile(join(cache, 'sources', sha256(source)), `${folder.hash}\n`);
  return { ...folder, root };
}

async function store(cache: string, root: string, folder: PackFolder): Promise<void> {
  const staging = await temporaryFolder(cache);
  try {
    for (const [path, { bytes, mode }] of folder.files) {
      const file = join(staging, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes, { mode, flag: 'wx' });
      await chmod(file, mode);
    }
    await mkdir(join(cache, 'content'), { recursive: true });
    await replace(staging, root, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Replaces a damaged folder, unless another run has just put the same content there. */
async function replace(staging: string, root: string, { hash }: PackFolder): Promise<void> {
  for (let left = kMostRaces; ; left -= 1) {
    await rm(root, { recursive: true, force: true });
    try {
      return await rename(staging, root);
    } catch (thrown) {
      const code = errorCode(thrown);
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || left === 0) throw thrown;
      if ((await contentOf(root, root))?.hash === hash) return;
    }
  }
}

/** The most failures to accept: each means that another run was storing the same pack. */
const kMostRaces = 8;

/** Null if it is missing or damaged: it will be fetched again. */
async function contentOf(root: string, source: string): Promise<PackFolder | null> {
  try {
    return await readFolder(root, source);
  } catch (thrown) {
    if (thrown instanceof UserError) return null;
    throw thrown;
  }
}

/** A fresh folder in the cache for a download: the caller removes it. */
export async function temporaryFolder(cache: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  return mkdtemp(join(cache, 'fetch-'));
}
