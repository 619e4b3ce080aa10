/** Reads a project's state: what was written into it last, and the wish that stands in it. */

import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ExitCode, type Issue, UserError } from '../error.ts';
import { sha256 } from '../tree/hash.ts';
import {
  basePath,
  kBaseFolder,
  kStatePath,
  kStateVersion,
  type Manifest,
  type ManifestFile,
  readManifest,
  type Written,
} from '../tree/manifest.ts';
import { asDiskError, errorCode } from './disk-error.ts';

export const kWishFile = 'hpserver.json';

/** The nearest folder, from this one upward, that holds a project; null where there is none. */
export function projectAround(folder: string): string | null {
  const here = resolve(folder);
  if (textAt(join(here, kStatePath)) !== null || textAt(join(here, kWishFile)) !== null)
    return here;
  return dirname(here) === here ? null : projectAround(dirname(here));
}

export interface ProjectRecord {
  readonly written: Written;
  /** What of it cannot be used: it counts as never written, and regenerating writes it anew. */
  readonly damage: readonly Issue[];
}

const kNothing: Written = {
  manifest: { version: kStateVersion, tool: 'unknown', files: [] },
  bases: new Map(),
};

/**
 * What was written last, as far as the record tells it; null where no project stands.
 * Errors: `UserError` (failure) for the record of a newer version.
 */
export function readRecord(directory: string): ProjectRecord | null {
  const text = textAt(join(directory, kStatePath));
  if (text === null) {
    const isProject = textAt(join(directory, kWishFile)) !== null;
    return isProject ? { written: kNothing, damage: [damaged('it is missing')] } : null;
  }
  const document = parsed(ourSide(text));
  refuseNewer(document);
  const manifest = readManifest(document);
  if (typeof manifest === 'string') return { written: kNothing, damage: [damaged(manifest)] };
  const merged = text === ourSide(text) ? [] : [kMerged];
  const { written, lost } = withBases(directory, manifest);
  return { written, damage: [...merged, ...(lost.length === 0 ? [] : [lostBases(lost)])] };
}

/** Git leaves both sides of a merge that it cannot finish. */
function ourSide(text: string): string {
  return text.replace(/^<{7} .*\n([\s\S]*?)(?:^\|{7}[\s\S]*?)?^={7}\n[\s\S]*?^>{7} .*\n/gm, '$1');
}

function withBases(directory: string, manifest: Manifest) {
  const bases = new Map<string, string>();
  const misplaced = new Set<string>();
  const lost: string[] = [];
  const files = manifest.files.filter((file) => {
    const hash = file.sha256;
    const base = textOf(directory, basePath(hash), hash);
    const text = base ?? unedited(directory, file);
    if (base === null) misplaced.add(hash);
    if (base === null) lost.push(file.path);
    if (text !== null) bases.set(hash, text);
    return text !== null;
  });
  return { written: { manifest: { ...manifest, files }, bases, misplaced }, lost };
}

/** A file that is as it was written is its own base. */
function unedited(directory: string, { path, movedTo, sha256: hash }: ManifestFile): string | null {
  const text = textOf(directory, path, hash);
  return text !== null || movedTo === undefined ? text : textOf(directory, movedTo, hash);
}

function textOf(directory: string, path: string, hash: string): string | null {
  const text = textAt(join(directory, path));
  return text !== null && sha256(text) === hash ? text : null;
}

/**
 * The wish that stands in the project, parsed as JSON.
 * Errors: `UserError` (usage) where it is missing or no JSON.
 */
export function readWish(directory: string, { manifest }: Written): unknown {
  const text = textAt(join(directory, kWishFile));
  const last = manifest.files.find(({ path }) => path === kWishFile);
  const copy = last === undefined ? null : basePath(last.sha256);
  if (text === null) throw noWish('it is missing', copy);
  if (text !== ourSide(text)) throw noWish('it holds conflict markers', null);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noWish(error instanceof Error ? error.message : String(error), copy);
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
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw asDiskError(thrown, file);
  }
}

const kAnew = 'create-hpserver regenerate writes it anew; what differs then is a conflict.';

function damaged(why: string): Issue {
  const message = `the record of what was written cannot be used: ${why}`;
  return { at: kStatePath, message, fix: `Restore it from your version control, or: ${kAnew}` };
}

const kMerged: Issue = {
  at: kStatePath,
  message: 'it holds both sides of a merge; that of this branch is taken',
  fix: 'create-hpserver regenerate writes it anew.',
};

function lostBases(paths: readonly string[]): Issue {
  const [first = ''] = paths;
  const others = paths.length === 1 ? '' : ` and of ${paths.length - 1} more`;
  return {
    at: kBaseFolder,
    message: `the text of ${first}${others}, as written last, is lost or damaged`,
    fix: `Restore it from your version control, or: ${kAnew}`,
  };
}

function refuseNewer(document: unknown): void {
  const version = isObject(document) ? document.version : undefined;
  if (typeof version !== 'number' || version <= kStateVersion) return;
  const message = `it has version ${version}; this create-hpserver reads up to ${kStateVersion}`;
  const issue = { at: kStatePath, message, fix: 'Run the newer one: npm create hpserver@latest.' };
  throw new UserError(ExitCode.failure, [issue]);
}

function isObject(document: unknown): document is Readonly<Record<string, unknown>> {
  return typeof document === 'object' && document !== null;
}

function noWish(why: string, copy: string | null): UserError {
  const message = `${kWishFile} cannot be read: ${why}`;
  const fix =
    copy === null
      ? 'Mend it, or restore it from your version control.'
      : `Mend it, or copy what was written last, which is ${copy}`;
  return new UserError(ExitCode.usage, [{ at: kWishFile, message, fix }]);
}
