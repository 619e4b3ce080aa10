/** Which project a folder belongs to, and whether it may be trusted to be the user's. */

import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Issue } from '../../error.ts';
import { kStateFolder, kStatePath } from '../../tree/manifest.ts';
import { kWishFile } from './state.ts';

export interface Found {
  /** Absolute. */
  readonly directory: string;
  /** Why this may not be the project that the user means; null if there is no doubt. */
  readonly refused: Issue | null;
}

/**
 * The nearest folder, from this one upward, that holds a project; null if there is none. Another
 * user may have planted one above the current folder, the danger git guards against:
 * CVE-2022-24765.
 */
export function projectAround(folder: string): Found | null {
  const start = resolve(folder);
  for (let here = start; ; here = dirname(here)) {
    if (isFile(join(here, kStatePath)) || isFile(join(here, kWishFile))) {
      return { directory: here, refused: refusal(here, here === start) };
    }
    if (dirname(here) === here) return null;
  }
}

function refusal(directory: string, isHere: boolean): Issue | null {
  const folder = statsOf(directory);
  const suspects = [
    ...(isHere ? [] : [folder]),
    // If anyone may write to the folder, its owner says nothing about who planted its contents.
    ...((folder?.mode ?? 0) & 0o002 ? [kWishFile, kStateFolder].map(entryOf(directory)) : []),
  ];
  const stranger = suspects.find((stats) => stats !== null && !isOwn(stats.uid));
  if (stranger === undefined || stranger === null) return null;
  return {
    at: directory,
    message: `the project in ${directory} belongs to another user (uid ${stranger.uid})`,
    fix: `If you trust it, name it explicitly: --directory ${directory}`,
  };
}

function entryOf(directory: string): (name: string) => Stats | null {
  return (name) => lstatSync(join(directory, name), { throwIfNoEntry: false }) ?? null;
}

function statsOf(folder: string): Stats | null {
  return statSync(folder, { throwIfNoEntry: false }) ?? null;
}

/** True for the user, and for the user who became root by sudo(8). */
function isOwn(uid: number): boolean {
  const own = process.geteuid?.();
  const invoker = own === 0 ? Number(process.env.SUDO_UID ?? own) : own;
  return own === undefined || uid === own || uid === invoker;
}

/** An unreadable file counts, too: opening it reports the error. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
