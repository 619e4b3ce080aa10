/**
 * A transaction's journal: a record of its steps, so another run can complete it or roll it back.
 * The journal's name says how far the transaction got; in the end, the folder `.hpserver/txn`
 * becomes `.hpserver/undo`.
 */

import { lstatSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, UserError } from '../../error.ts';
import { sha256 } from '../../tree/hash.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { isAbsence } from '../disk-error.ts';
import { runNewer } from '../record/versions.ts';
import { pathFaultHere } from './guard.ts';

export const kTransaction: string = `${kStateFolder}/txn`;
export const kUndo: string = `${kStateFolder}/undo`;

export interface Entry {
  /** Relative to the project directory. */
  readonly path: string;
  /** sha256 of the bytes before; null: there was no file. */
  readonly old: string | null;
  /** sha256 of the bytes afterwards; null: there is no file. */
  readonly next: string | null;
  /**
   * The folder on another file system in which the new file waits; null if it waits in the
   * transaction.
   */
  readonly mount: string | null;
}

export const kJournalVersion = 2;

export interface Journal {
  readonly version: typeof kJournalVersion;
  /** The create-hpserver that wrote it. */
  readonly tool: string;
  /**
   * Where it was written, from `originOf`; null if an older version wrote it, which didn't record
   * that.
   */
  readonly origin: string | null;
  readonly title: string;
  /** ISO 8601. */
  readonly when: string;
  readonly entries: readonly Entry[];
}

/**
 * `staged`: nothing counts yet. `committed`: all of it counts. `reverting`: it is being taken back.
 */
export type Stage = 'staged' | 'committed' | 'reverting';

/** Relative to the project directory, like all paths here. */
export function journalPath(stage: Stage): string {
  return `${kTransaction}/journal.${stage}`;
}

/** Where the new content of an entry waits for the commit. */
export function stagedPath({ mount }: Entry, index: number): string {
  if (mount === null) return `${kTransaction}/new/${index}`;
  return `${mount === '' ? '' : `${mount}/`}.hpserver-staged-${index}`;
}

/** Where the old bytes are kept, in a transaction or in the undo record. */
export function savedPath(index: number, folder: string = kTransaction): string {
  return `${folder}/old/${index}`;
}

/** An unfinished transaction. Its journal is null if the journal was never completely written. */
export type Unfinished =
  | { readonly stage: 'committed' | 'reverting'; readonly journal: Journal }
  | { readonly stage: 'staged'; readonly journal: Journal | null };

/** Errors: `UserError` (failure) for a damaged journal, or a newer version's. */
export async function unfinished(directory: string): Promise<Unfinished | null> {
  for (const stage of ['committed', 'reverting'] as const) {
    const journal = await readJournal(directory, journalPath(stage));
    if (journal !== null) return { stage, journal };
  }
  const path = journalPath('staged');
  const text = await textOf(join(directory, path));
  if (text !== null) return { stage: 'staged', journal: parseJournal(path, text) };
  return (await exists(join(directory, kTransaction))) ? { stage: 'staged', journal: null } : null;
}

/** The journal of the last update; null if there is none. */
export function lastUpdate(directory: string): Promise<Journal | null> {
  return readJournal(directory, `${kUndo}/journal.committed`);
}

async function readJournal(directory: string, path: string): Promise<Journal | null> {
  const text = await textOf(join(directory, path));
  if (text === null) return null;
  const journal = parseJournal(path, text);
  if (journal !== null) return journal;
  throw new UserError(ExitCode.failure, [
    {
      at: path,
      message: `${path} is damaged`,
      fix: `Compare the project with your last commit, then remove ${path.replace(/\/[^/]*$/, '')}.`,
    },
  ]);
}

/**
 * Null for a text that no run can have written, such as one with a path that leaves the project.
 * Errors: `UserError` (failure) for a journal of a newer version, which may mean something else.
 */
function parseJournal(path: string, text: string): Journal | null {
  const document = parsed(text);
  if (document === null) return null;
  const { version, title, when, entries } = document;
  const tool = typeof document.tool === 'string' ? document.tool : null;
  if (typeof version === 'number' && version > kJournalVersion) throw newer(path, tool);
  const isWhole = Number.isInteger(version) && [title, when].every(isText);
  if (!isWhole || !Array.isArray(entries) || !entries.every(isEntry)) return null;
  const origin = isText(document.origin) ? document.origin : null;
  return {
    ...(document as unknown as Journal),
    version: kJournalVersion,
    tool: tool ?? '',
    origin,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' ? (document as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function newer(path: string, tool: string | null): UserError {
  const message = `${path} was written by a newer version`;
  return new UserError(ExitCode.failure, [{ at: path, message, fix: runNewer(tool) }]);
}

/**
 * Identifies the project in which a journal was written, by the inode numbers of its folders. No
 * clone has the same numbers, and the author of a planted journal can't have known them. Errors:
 * those of lstat(2).
 */
export function originOf(directory: string): string {
  const numbers = ['', kStateFolder, kTransaction].map((folder) => {
    return lstatSync(join(directory, folder), { bigint: true }).ino;
  });
  return sha256(numbers.join(' '));
}

function isEntry(entry: Partial<Entry> | null): boolean {
  const { path, old, next, mount } = entry ?? {};
  if (typeof path !== 'string' || pathFaultHere(path) !== null) return false;
  if (typeof mount === 'string' && mount !== '' && pathFaultHere(mount) !== null) return false;
  const isOptional = (value: unknown) => value === null || typeof value === 'string';
  return [old, next, mount].every(isOptional);
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw thrown;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (thrown) {
    if (isAbsence(thrown)) return false;
    throw thrown;
  }
}
