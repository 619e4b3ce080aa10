/** Reads a project's state: what was written into it last, and the wish that stands in it. */

import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ExitCode, UserError } from '../error.ts';
import { sha256 } from '../tree/hash.ts';
import { basePath, kStatePath, readManifest, type Written } from '../tree/manifest.ts';
import { asDiskError, errorCode } from './disk-error.ts';

export const kWishFile = 'hpserver.json';

/** The nearest folder, from this one upward, that holds a project; null where there is none. */
export function projectAround(folder: string): string | null {
  const here = resolve(folder);
  if (textAt(join(here, kStatePath)) !== null) return here;
  return dirname(here) === here ? null : projectAround(dirname(here));
}

/**
 * What was written last; null where nothing was.
 * Errors: `UserError` (failure) for a state that is damaged.
 */
export function readWritten(directory: string): Written | null {
  const text = textAt(join(directory, kStatePath));
  if (text === null) return null;
  const manifest = readManifest(parsed(text));
  if (typeof manifest === 'string') throw damaged(kStatePath, manifest);
  const bases = new Map<string, string>();
  for (const { sha256: hash } of manifest.files) {
    const base = textAt(join(directory, basePath(hash)));
    if (base === null || sha256(base) !== hash) {
      throw damaged(basePath(hash), base === null ? 'it is missing' : 'its content is another one');
    }
    bases.set(hash, base);
  }
  return { manifest, bases };
}

/**
 * The wish that stands in the project, parsed as JSON.
 * Errors: `UserError` (usage) where it is missing or no JSON.
 */
export function readWish(directory: string): unknown {
  const text = textAt(join(directory, kWishFile));
  if (text === null) throw noWish('it is missing');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noWish(error instanceof Error ? error.message : String(error));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textAt(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw asDiskError(thrown, file);
  }
}

function damaged(path: string, why: string): UserError {
  const issue = {
    at: path,
    message: `the project's own record cannot be used: ${why}`,
    fix: `Restore ${path} from your version control; nothing else knows what was written.`,
  };
  return new UserError(ExitCode.failure, [issue]);
}

function noWish(why: string): UserError {
  const message = `${kWishFile} cannot be read: ${why}`;
  const fix = 'Mend it, or restore it from your version control.';
  return new UserError(ExitCode.usage, [{ at: kWishFile, message, fix }]);
}
