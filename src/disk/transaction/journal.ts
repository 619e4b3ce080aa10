/**
 * The journal of a transaction: what it does, so that another run can finish it or take it back.
 * Its name says how far it came; `.hpserver/txn` with it becomes `.hpserver/undo` in the end.
 */

import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, UserError } from '../../error.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { isAbsence } from '../disk-error.ts';
import { pathFaultHere } from './guard.ts';

export const kTransaction: string = `${kStateFolder}/txn`;
export const kUndo: string = `${kStateFolder}/undo`;

export interface Entry {
  /** Below the project directory. */
  readonly path: string;
  /** sha256 of the bytes before; null: there was no file. */
  readonly old: string | null;
  /** sha256 of the bytes afterwards; null: there is no file. */
  readonly next: string | null;
  /** The folder on a file system of its own where the new file waits; null: in the transaction. */
  readonly mount: string | null;
}

export interface Journal {
  readonly version: 1;
  readonly title: string;
  /** ISO 8601. */
  readonly when: string;
  readonly entries: readonly Entry[];
}

/** Nothing counts yet; all of it counts; it is on its way back. */
export type Stage = 'staged' | 'committed' | 'reverting';

/** Below the project directory, as all paths here are. */
export function journalPath(stage: Stage): string {
  return `${kTransaction}/journal.${stage}`;
}

/** Where the new content of an entry waits for the commit. */
export function stagedPath({ mount }: Entry, index: number): string {
  if (mount === null) return `${kTransaction}/new/${index}`;
  return `${mount === '' ? '' : `${mount}/`}.hpserver-staged-${index}`;
}

/** Where the bytes from before are kept, in a transaction or in the undo record. */
export function savedPath(index: number, folder: string = kTransaction): string {
  return `${folder}/old/${index}`;
}

/** Where a transaction that was not ended stands; its journal is null if it was not yet whole. */
export type Unfinished =
  | { readonly stage: 'committed' | 'reverting'; readonly journal: Journal }
  | { readonly stage: 'staged'; readonly journal: Journal | null };

/** Errors: `UserError` (failure) for a damaged journal. */
export async function unfinished(directory: string): Promise<Unfinished | null> {
  for (const stage of ['committed', 'reverting'] as const) {
    const journal = await readJournal(directory, journalPath(stage));
    if (journal !== null) return { stage, journal };
  }
  const text = await textOf(join(directory, journalPath('staged')));
  if (text !== null) return { stage: 'staged', journal: parseJournal(text) };
  return (await exists(join(directory, kTransaction))) ? { stage: 'staged', journal: null } : null;
}

/** The record of the last update; null: there is none. */
export function lastUpdate(directory: string): Promise<Journal | null> {
  return readJournal(directory, `${kUndo}/journal.committed`);
}

async function readJournal(directory: string, path: string): Promise<Journal | null> {
  const text = await textOf(join(directory, path));
  if (text === null) return null;
  const journal = parseJournal(text);
  if (journal !== null) return journal;
  throw new UserError(ExitCode.failure, [
    {
      at: path,
      message: `${path} is damaged`,
      fix: `Compare the project with your last commit, then remove ${path.replace(/\/[^/]*$/, '')}.`,
    },
  ]);
}

/** Null for what no run has written: a path that leaves the project, for one. */
function parseJournal(text: string): Journal | null {
  try {
    const journal = JSON.parse(text) as Journal;
    const { version, title, when, entries } = journal;
    const isWhole = version === 1 && [title, when].every((field) => typeof field === 'string');
    return isWhole && entries.every(isEntry) ? journal : null;
  } catch {
    return null;
  }
}

function isEntry({ path, old, next, mount }: Entry): boolean {
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
