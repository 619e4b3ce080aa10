/** Opens the project that a command is about: repaired if need be, with its wish and its engine. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { withLock } from '../../disk/lock.ts';
import { isInterrupted, recover } from '../../disk/recover.ts';
import {
  kWishFile,
  type ProjectRecord,
  projectAround,
  readRecord,
  readWish,
} from '../../disk/state.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { Engine } from '../../project.ts';
import { type Draft, kNoDraftExtras, packAnswers } from '../../spec/draft.ts';
import { migrate } from '../../spec/migrate.ts';
import { parseExtras } from '../../spec/parse-extras.ts';
import type { PackReference } from '../../spec/spec.ts';
import type { Written } from '../../tree/manifest.ts';
import type { FlagValue } from '../flags.ts';
import { showWarnings } from '../issues.ts';
import { loadEngine, migratedBy, sourcesIn } from '../packs.ts';

export interface OpenProject {
  readonly directory: string;
  readonly engine: Engine;
  readonly written: Written;
  /** What of the record cannot be used; it is told already. */
  readonly damage: readonly Issue[];
  /** The wish as it stands in `hpserver.json`, edits included. */
  readonly draft: Draft;
  /** The wish as it was when the project was written last. */
  readonly base: Draft;
}

/** What has to be known to open it. */
export interface Opening {
  /** The early ones: `--directory`, `--pack`, `--trust`. */
  readonly flags: ReadonlyMap<string, FlagValue>;
  /** `create-hpserver check`. */
  readonly program: string;
}

/**
 * Does the work while nobody else can write into the project.
 * Errors: `UserError` (usage) where there is no project, or where its wish cannot be read;
 * (failure) where another run does not end.
 */
export async function toWrite(
  host: Host,
  opening: Opening,
  work: (project: OpenProject) => Promise<ExitCode>,
): Promise<ExitCode> {
  const directory = locate(host, opening.flags);
  return locked(host, directory, async () => {
    await repair(host, directory);
    return work(await open(host, opening, directory));
  });
}

/** What was written, whatever became of the wish and its packs; repaired if need be. */
export async function toLook(
  host: Host,
  flags: Opening['flags'],
): Promise<Pick<OpenProject, 'directory' | 'written'>> {
  const directory = await settled(host, flags);
  return { directory, written: recordOf(host, directory).written };
}

/** Opens it for a look; it is locked only where an interrupted update has to be ended first. */
export async function toRead(host: Host, opening: Opening): Promise<OpenProject> {
  return open(host, opening, await settled(host, opening.flags));
}

async function settled(host: Host, flags: Opening['flags']): Promise<string> {
  const directory = locate(host, flags);
  if (await isInterrupted(directory)) await locked(host, directory, () => repair(host, directory));
  return directory;
}

/** What is wrong with it is told. */
function recordOf(host: Host, directory: string): ProjectRecord {
  const record = readRecord(directory);
  if (record === null) throw new Error(`${directory} has lost its state while it was read`);
  host.err.write(showWarnings(paintFor(host, host.err), record.damage));
  return record;
}

async function open(
  host: Host,
  { flags, program }: Opening,
  directory: string,
): Promise<OpenProject> {
  const { written, damage } = recordOf(host, directory);
  const stated = migrate(readWish(directory, written));
  const before = packsOf(stated);
  const wanted = { before, added: sourcesIn(flags), directory, program };
  const { engine, references } = await loadEngine(host, flags, wanted);
  const draft = migratedBy(engine, { ...stated, packs: references.map(packAnswers) }, before);
  const base = baseOf(written);
  const migratedBase = base === null ? draft : migratedBy(engine, base, before);
  return { directory, engine, written, damage, draft, base: migratedBase };
}

/** Errors: `UserError` (usage) where one of them has no source, name or version. */
export function packsOf({ packs }: Draft): readonly PackReference[] {
  const parsed = parseExtras({ ...kNoDraftExtras, packs }, [], {});
  if (parsed.issues.length > 0) throw new UserError(ExitCode.usage, parsed.issues);
  return parsed.packs;
}

/** The folder of the project. Errors: `UserError` (usage) where there is none. */
export function locate(host: Host, flags: Opening['flags']): string {
  const given = flags.get('directory');
  const start = path.resolve(host.cwd, typeof given === 'string' ? given : '.');
  const found = existsSync(start) ? projectAround(start) : null;
  if (found !== null) return found;
  const message = existsSync(start)
    ? `there is no project in ${start}, nor above it`
    : `there is no ${start}`;
  const fix = 'go into one, or name it: --directory DIR; a new one: create-hpserver DIRECTORY';
  throw new UserError(ExitCode.usage, [{ at: '--directory', message, fix }]);
}

/** Waits for another run in the project, and says so. */
export function locked<T>(host: Host, directory: string, work: () => Promise<T>): Promise<T> {
  return withLock(directory, work, {
    onWait: ({ pid }) => {
      host.err.write(`Another run (process ${pid}) is at work in ${directory}: waiting ...\n`);
    },
  });
}

/** Completes or discards what a run has left that was killed, and says so. Under the lock. */
export async function repair(host: Host, directory: string): Promise<void> {
  const recovery = await recover(directory);
  if (recovery.kind === 'clean') return;
  const what = recovery.kind === 'completed' ? 'has been completed' : 'has been taken back';
  host.err.write(`An update that was interrupted (${recovery.title}) ${what}.\n`);
  tellAside(host, recovery.aside);
}

/** Where edits went that came while the update was under way. */
export function tellAside(host: Host, aside: readonly string[]): void {
  for (const file of aside) host.err.write(`  Your later edit was put aside: ${file}\n`);
}

function baseOf({ manifest, bases }: Written): Draft | null {
  const wish = manifest.files.find((file) => file.path === kWishFile);
  const text = wish === undefined ? undefined : bases.get(wish.sha256);
  return text === undefined ? null : migrate(JSON.parse(text));
}
