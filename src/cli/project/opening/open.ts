/** Opens the project a command works on: repaired if need be, with its configuration and engine. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Host } from '../../../console/host.ts';
import { paintFor } from '../../../console/paint.ts';
import { withLock } from '../../../disk/lock/lock.ts';
import { projectAround } from '../../../disk/record/find-project.ts';
import { kWishFile, type ProjectRecord, readRecord, readWish } from '../../../disk/record/state.ts';
import { interruption, recover } from '../../../disk/update/recover.ts';
import { ExitCode, type Issue, UserError } from '../../../error.ts';
import type { Engine } from '../../../project.ts';
import { type Draft, packAnswers } from '../../../spec/draft.ts';
import { migrate } from '../../../spec/parse/migrate.ts';
import { parsePacks } from '../../../spec/parse/parse-packs.ts';
import type { PackReference } from '../../../spec/spec.ts';
import type { Written } from '../../../tree/manifest.ts';
import type { FlagValue } from '../../flags.ts';
import { showWarnings } from '../../issues.ts';
import { loadEngine, migratedBy, sourcesIn } from '../../packs.ts';

export interface OpenProject {
  readonly directory: string;
  readonly engine: Engine;
  readonly written: Written;
  /** The unusable parts of the record; they have already been reported. */
  readonly damage: readonly Issue[];
  /** The configuration as it is in `hpserver.json`, edits included. */
  readonly draft: Draft;
  /** The configuration as it was when the project was last written. */
  readonly base: Draft;
}

/** What a command must know to open the project. */
export interface Opening {
  /** The early ones: `--directory`, `--pack`, `--trust`. */
  readonly flags: ReadonlyMap<string, FlagValue>;
  /** `create-hpserver check`. */
  readonly program: string;
}

/**
 * Runs the work with the project locked; with `--dry-run`, only reads. Errors: `UserError` (usage)
 * if there is no project, or its configuration cannot be read; (failure) if another run doesn't
 * finish.
 */
export async function toWrite(
  host: Host,
  opening: Opening,
  work: (project: OpenProject) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (opening.flags.has('dry-run')) return work(await toRead(host, opening));
  const directory = locate(host, opening.flags);
  return locked(host, directory, async () => {
    await repair(host, directory);
    return work(await open(host, opening, directory, opening.flags.has('dry-run')));
  });
}

/** Opens only the record, whatever state the configuration and its packs are in. */
export async function toLook(
  host: Host,
  flags: Opening['flags'],
): Promise<Pick<OpenProject, 'directory' | 'written'>> {
  const directory = locate(host, flags);
  await tellInterrupted(host, directory);
  return { directory, written: recordOf(host, directory).written };
}

/** Opens it read-only: an interrupted run is reported, and left as it is. */
export async function toRead(host: Host, opening: Opening): Promise<OpenProject> {
  const directory = locate(host, opening.flags);
  const interrupted = await tellInterrupted(host, directory);
  const project = await open(host, opening, directory, true);
  return { ...project, damage: [...interrupted, ...project.damage] };
}

/** Reports that an earlier run was killed here; returns the issues to report. */
export async function tellInterrupted(host: Host, directory: string): Promise<readonly Issue[]> {
  const issue = await interruption(directory);
  const issues = issue === null ? [] : [issue];
  host.err.write(showWarnings(paintFor(host, host.err), issues));
  return issues;
}

/** Reads the record, and reports its damage. */
function recordOf(host: Host, directory: string): ProjectRecord {
  const record = readRecord(directory);
  if (record === null) throw new Error(`${directory} lost its state while it was being read`);
  host.err.write(showWarnings(paintFor(host, host.err), record.damage));
  return record;
}

async function open(
  host: Host,
  { flags, program }: Opening,
  directory: string,
  isLook: boolean,
): Promise<OpenProject> {
  const { written, damage } = recordOf(host, directory);
  const stated = migrate(readWish(directory, written));
  const before = packsOf(stated);
  const wanted = { before, added: sourcesIn(flags), directory, isLook, program };
  const { engine, references, warnings } = await loadEngine(host, flags, wanted);
  host.err.write(showWarnings(paintFor(host, host.err), warnings));
  const draft = migratedBy(engine, { ...stated, packs: references.map(packAnswers) }, before);
  const base = baseOf(written);
  const migratedBase = base === null ? draft : migratedBy(engine, base, before);
  return { directory, engine, written, damage, draft, base: migratedBase };
}

/** Errors: `UserError` (usage) if one of them has no source, name or version. */
export function packsOf({ packs }: Draft): readonly PackReference[] {
  const parsed = parsePacks(packs);
  if (parsed.issues.length > 0) throw new UserError(ExitCode.usage, parsed.issues);
  return parsed.packs;
}

/** The project's folder. Errors: `UserError` (usage) if there is none. */
export function locate(host: Host, flags: Opening['flags']): string {
  const given = flags.get('directory');
  const start = path.resolve(host.cwd, typeof given === 'string' ? given : '.');
  const found = existsSync(start) ? projectAround(start) : null;
  // A user who names exactly this folder trusts it.
  const isNamed = typeof given === 'string' && found?.directory === start;
  if (found?.refused && !isNamed) throw new UserError(ExitCode.usage, [found.refused]);
  if (found !== null) return found.directory;
  const message = existsSync(start)
    ? `there is no project in ${start} or any folder above it`
    : `${start} does not exist`;
  const fix =
    'Run this in a project, or name one with --directory DIR. To create one: create-hpserver ' +
    'DIRECTORY';
  throw new UserError(ExitCode.usage, [{ at: '--directory', message, fix }]);
}

/** Waits for another run in the project, and says so. */
export function locked<T>(host: Host, directory: string, work: () => Promise<T>): Promise<T> {
  return withLock(directory, work, {
    onWait: ({ pid }) => {
      host.err.write(`Waiting for another run (process ${pid}) in ${directory} to finish …\n`);
    },
  });
}

/** Completes or discards what a killed run has left, and says so. Requires the lock. */
export async function repair(host: Host, directory: string): Promise<void> {
  const recovery = await recover(directory);
  if (recovery.kind === 'clean') return;
  const what = recovery.kind === 'completed' ? 'was completed' : 'was rolled back';
  host.err.write(`An interrupted update (${recovery.title}) ${what}.\n`);
  tellAside(host, recovery.aside);
}

/** Says where edits made during the update were saved. */
export function tellAside(host: Host, aside: readonly string[]): void {
  for (const file of aside) host.err.write(`  Your later edit was saved as ${file}\n`);
}

function baseOf({ manifest, bases }: Written): Draft | null {
  const wish = manifest.files.find((file) => file.path === kWishFile);
  const text = wish === undefined ? undefined : bases.get(wish.sha256);
  return text === undefined ? null : migrate(JSON.parse(text));
}
