/** Which project a folder belongs to, and whether its user may be taken at their word. */

import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Issue } from '../../error.ts';
import { kStateFolder, kStatePath } from '../../tree/manifest.ts';
import { kWishFile } from './state.ts';

export interface Found {
  /** Absolute. */
  readonly directory: string;
  /** Why it is not to be taken for the project that is meant; null: it may be. */
  readonly refused: Issue | null;
}

/**
 * The nearest folder, from this one upward, that holds a project; null where there is none.
 * Above the folder in which one stands, another user may have put one there, as git fears too:
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
    // Where everybody may write, whose the folder is says nothing about what stands in it.
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

/** Also that of the user who has become root by sudo(8). */
function isOwn(uid: number): boolean {
  const own = process.geteuid?.();
  const invoker = own === 0 ? Number(process.env.SUDO_UID ?? own) : own;
  return own === undefined || uid === own || uid === invoker;
}

/** What can't be read may be one all the same: who opens it is told. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
