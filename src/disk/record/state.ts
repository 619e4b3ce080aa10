/** Reads a project's state: what was last written to it, and the configuration in it. */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, type Issue, messageOf, UserError } from '../../error.ts';
import { isRecord } from '../../record.ts';
import { sha256 } from '../../tree/hash.ts';
import {
  basePath,
  kBaseFolder,
  kNothingWritten,
  kStatePath,
  kStateVersion,
  type Manifest,
  type ManifestFile,
  readManifest,
  textOfBase,
  type Written,
} from '../../tree/manifest.ts';
import { asDiskError, errorCode, isAbsence } from '../disk-error.ts';
import { kMaxFileBytes } from '../file-system.ts';
import { packageVersion } from '../package.ts';
import { isNewer, runNewer } from './versions.ts';

export const kWishFile = 'hpserver.json';

export interface ProjectRecord {
  readonly written: Written;
  /** The parts that can't be used: they count as never written, and regenerating rewrites them. */
  readonly damage: readonly Issue[];
}

/**
 * What was last written, as far as the record says; null if there is no project. Errors:
 * `UserError` (failure) for a newer version's record.
 */
export function readRecord(directory: string): ProjectRecord | null {
  const text = textAt(join(directory, kStatePath));
  if (text === null) {
    const isProject = textAt(join(directory, kWishFile)) !== null;
    return isProject ? { written: kNothingWritten, damage: [damaged('it is missing')] } : null;
  }
  const document = parsed(ourSide(text));
  refuseNewer(document);
  const manifest = readManifest(document);
  if (typeof manifest === 'string')
    return { written: kNothingWritten, damage: [damaged(manifest)] };
  const merged = text === ourSide(text) ? [] : [kMerged];
  const { written, lost } = withBases(directory, manifest);
  return { written, damage: [...merged, ...(lost.length === 0 ? [] : [lostBases(lost)])] };
}

/** The user's side of a merge that git could not finish: git leaves both sides in the file. */
function ourSide(text: string): string {
  return text.replace(/^<{7} .*\n([\s\S]*?)(?:^\|{7}[\s\S]*?)?^={7}\n[\s\S]*?^>{7} .*\n/gm, '$1');
}

function withBases(directory: string, manifest: Manifest) {
  const bases = new Map<string, string>();
  const misplaced = new Set<string>();
  const lost: string[] = [];
  const files = manifest.files.filter((file) => {
    const hash = file.sha256;
    const base = textOfBase(hash, textAt(join(directory, basePath(hash))) ?? '');
    const older = base ?? textOf(directory, basePath(hash), hash);
    const text = older ?? unedited(directory, file);
    if (base === null) misplaced.add(hash);
    if (older === null) lost.push(file.path);
    if (text !== null) bases.set(hash, text);
    return text !== null;
  });
  return { written: { manifest: { ...manifest, files }, bases, misplaced }, lost };
}

/** The text of a file that the user hasn't edited since: it is the same as its base. */
function unedited(directory: string, { path, movedTo, sha256: hash }: ManifestFile): string | null {
  const text = textOf(directory, path, hash);
  return text !== null || movedTo === undefined ? text : textOf(directory, movedTo, hash);
}

/** Null, too, for a file that can't be read: it is as good as lost. */
function textOf(directory: string, path: string, hash: string): string | null {
  try {
    const bytes = bytesAt(join(directory, path));
    return bytes !== null && sha256(bytes) === hash ? bytes.toString('utf8') : null;
  } catch (thrown) {
    if (errorCode(thrown) === null) throw thrown;
    return null;
  }
}

/**
 * The project's configuration, parsed as JSON. Errors: `UserError` (usage) if it is missing or
 * isn't JSON.
 */
export function readWish(directory: string, { manifest }: Written): unknown {
  const text = textAt(join(directory, kWishFile));
  const last = manifest.files.find(({ path }) => path === kWishFile);
  const copy = last === undefined ? null : basePath(last.sha256);
  if (text === null) throw noWish('it is missing', copy);
  if (text !== ourSide(text)) throw noWish('it contains conflict markers', null);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noWish(messageOf(error), copy);
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
    // Some editors start the file with a byte order mark.
    return (
      bytesAt(file)
        ?.toString('utf8')
        .replace(/^\uFEFF/, '') ?? null
    );
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw asDiskError(thrown, file);
  }
}

/** Null for anything but a file: reading a pipe would block. */
function bytesAt(file: string): Buffer | null {
  const stats = statSync(file);
  if (stats.size > kMaxFileBytes) throw Object.assign(new Error(file), { code: 'EFBIG' });
  return stats.isFile() ? readFileSync(file) : null;
}

const kAnew =
  'Restore it from version control, or run create-hpserver regenerate, which recreates it and ' +
  'treats any difference as a conflict.';

function damaged(why: string): Issue {
  const message = `the record of what was written is unusable: ${why}`;
  return { at: kStatePath, message, fix: kAnew };
}

const kMerged: Issue = {
  at: kStatePath,
  message: "it contains both sides of a merge; this branch's side is used",
  fix: 'To recreate it: create-hpserver regenerate',
};

function lostBases(paths: readonly string[]): Issue {
  const [first = ''] = paths;
  const others = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
  return {
    at: kBaseFolder,
    message: `the stored copy of ${first}${others} is missing or damaged`,
    fix: kAnew,
  };
}

/** A newer version may mean something different by the same words. */
function refuseNewer(document: unknown): void {
  const { version, tool } = isRecord(document) ? document : {};
  const writer = typeof tool === 'string' && isNewer(tool) ? tool : null;
  const isForeign = typeof version === 'number' && version > kStateVersion;
  if (writer === null && !isForeign) return;
  const what = isForeign
    ? `its version is ${version}`
    : `it was written by create-hpserver ${writer}`;
  const known = isForeign ? `reads up to ${kStateVersion}` : `is ${packageVersion()}`;
  const issue = {
    at: kStatePath,
    message: `it comes from a newer version: ${what}; this create-hpserver ${known}`,
    fix: runNewer(writer),
  };
  throw new UserError(ExitCode.failure, [issue]);
}

function noWish(why: string, copy: string | null): UserError {
  const message = `cannot read ${kWishFile}: ${why}`;
  const fix =
    copy === null
      ? 'Fix it, or restore it from version control.'
      : `Fix it, or copy the text last generated from ${copy}, leaving out the first word of ` +
        'each line.';
  return new UserError(ExitCode.usage, [{ at: kWishFile, message, fix }]);
}
