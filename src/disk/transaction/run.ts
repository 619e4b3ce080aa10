/**
 * A transaction on a project. Its files are staged and synced below `.hpserver/txn`; the disk is
 * compared once more; one rename commits it; then the files are moved into place.
 */

import { dirname, join } from 'node:path';
import { type Issue, UserError } from '../../error.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { asDiskError } from '../disk-error.ts';
import type { FileSystem, Owner } from '../file-system.ts';
import { give, ownedLike } from '../owner.ts';
import { packageVersion } from '../package.ts';
import { untilSignal } from '../until-signal.ts';
import { recover } from '../update/recover.ts';
import { type Content, syncAll, throwIfSignalled, writeAll } from '../write-all.ts';
import { discard, keepForUndo, takeBack } from './end.ts';
import { inspect, refuseChanged, type Step, type Wish } from './inspect.ts';
import {
  type Journal,
  journalPath,
  kJournalVersion,
  kTransaction,
  originOf,
  savedPath,
  stagedPath,
} from './journal.ts';
import { forward, roll } from './roll.ts';

/** What was done. */
export interface Outcome {
  /** The number of files changed. If it is 0, nothing was written, not even the undo record. */
  readonly files: number;
  /** Where files were moved that someone else wrote at the same time. */
  readonly aside: readonly string[];
}

/** Errors: those of `updateProject`. */
export async function runTransaction(
  directory: string,
  title: string,
  wishes: readonly Wish[],
  given: FileSystem,
): Promise<Outcome> {
  try {
    const system = ownedLike(directory, given);
    await recover(directory, system);
    const steps = inspect(directory, wishes);
    if (steps.length === 0) return { files: 0, aside: [] };
    const entries = steps.map(({ entry }) => entry);
    const aside = await untilSignal(async (signal) => {
      await system.makeFolder(join(directory, kTransaction));
      const journal: Journal = {
        version: kJournalVersion,
        tool: packageVersion(),
        origin: originOf(directory),
        title,
        when: new Date().toISOString(),
        entries,
      };
      await commit({ directory, journal, steps, system, signal });
      return await carryOut(directory, journal, system);
    });
    return { files: steps.length, aside };
  } catch (thrown) {
    throw asDiskError(thrown, culprit(thrown) ?? directory);
  }
}

/**
 * The project's file that the failed call was about; null if that was a file of the transaction.
 */
function culprit(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null;
  const { dest, path = null } = thrown as { readonly dest?: string; readonly path?: string };
  const place = dest ?? path;
  return place === null || place.includes(`/${kStateFolder}/`) ? null : place;
}

interface Transaction {
  readonly directory: string;
  readonly journal: Journal;
  readonly steps: readonly Step[];
  readonly system: FileSystem;
  readonly signal: AbortSignal;
}

/**
 * Only the last call commits: until then the tree stays untouched, and a failure leaves nothing
 * behind.
 */
async function commit(transaction: Transaction): Promise<void> {
  const { directory, journal, steps, system, signal } = transaction;
  try {
    await stage(transaction);
    refuseChanged(directory, steps);
    await throwIfSignalled(signal);
    const [staged, committed] = [journalPath('staged'), journalPath('committed')];
    await system.rename(join(directory, staged), join(directory, committed));
  } catch (thrown) {
    await discard(directory, journal, system).catch(() => {});
    throw thrown;
  }
}

async function stage({ directory, journal, steps, system, signal }: Transaction): Promise<void> {
  const at = (path: string) => join(directory, path);
  const record = journalPath('staged');
  const text = `${JSON.stringify(journal, null, 2)}\n`;
  await writeAll(directory, [{ path: record, text, mode: 0o644 }], system, signal);
  // The journal comes first: it knows where files wait outside the transaction.
  await syncAll([at(record), at(kTransaction)], system);
  const files = steps.flatMap(filesOf);
  await writeAll(directory, files, system, signal);
  for (const { path, finalMode, owner } of files) {
    // The mode comes last: changing the owner clears some of its bits.
    if (owner !== null) await give(at(path), owner, system);
    await system.changeMode(at(path), finalMode);
  }
  const paths = files.map(({ path }) => at(path));
  const folders = new Set([...paths.map(dirname), at(kTransaction), dirname(at(kTransaction))]);
  await syncAll([...paths, ...folders], system);
}

interface StagedFile extends Content {
  readonly finalMode: number;
  readonly owner: Owner | null;
}

/**
 * The files are private until they get their final mode, which follows the umask and the user's own
 * bits.
 */
function filesOf({ entry, before, ...step }: Step, index: number): readonly StagedFile[] {
  const { content, mode, owner } = step;
  const next = { path: stagedPath(entry, index), text: content ?? '', finalMode: mode };
  const old = { path: savedPath(index), text: before?.bytes ?? '', finalMode: before?.mode ?? 0 };
  const present = [...(content === null ? [] : [next]), ...(before === null ? [] : [old])];
  return present.map((file) => ({ ...file, mode: 0o600, owner }));
}

/** After the commit: turns the tree into the next one or, if the disk refuses, into the old one. */
async function carryOut(
  directory: string,
  journal: Journal,
  system: FileSystem,
): Promise<readonly string[]> {
  try {
    await system.sync(join(directory, kTransaction));
    const aside = await roll(directory, forward(journal), system);
    // If this fails, the next run does it: the tree itself is complete.
    await keepForUndo(directory, system).catch(() => {});
    return aside;
  } catch (thrown) {
    const isBack = await takeBack(directory, journal, system).then(
      () => true,
      () => false,
    );
    throw isBack
      ? thrown
      : withHalfway(asDiskError(thrown, culprit(thrown) ?? directory), directory);
  }
}

function withHalfway(thrown: unknown, directory: string): unknown {
  if (!(thrown instanceof UserError)) return thrown;
  const halfway: Issue = {
    at: directory,
    message: 'some files were already replaced, and they cannot be rolled back either',
    fix: 'Fix the cause, then run it again: the next run starts by repairing this.',
  };
  return new UserError(thrown.exitCode, [...thrown.issues, halfway], { cause: thrown });
}
