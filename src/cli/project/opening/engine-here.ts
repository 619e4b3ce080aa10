/** What can be asked and added here, including by the packs of the surrounding project. */

import path from 'node:path';
import type { Host } from '../../../console/host.ts';
import { paintFor } from '../../../console/paint.ts';
import { projectAround } from '../../../disk/record/find-project.ts';
import { readRecord, readWish } from '../../../disk/record/state.ts';
import { ExitCode, UserError } from '../../../error.ts';
import { type Engine, engineOf } from '../../../project.ts';
import { migrate } from '../../../spec/parse/migrate.ts';
import type { PackReference } from '../../../spec/spec.ts';
import type { FlagValue } from '../../flags.ts';
import { showWarnings } from '../../issues.ts';
import { earlyFlags, loadEngine, sourcesIn } from '../../packs.ts';
import { kDirectoryFlag } from '../project-flags.ts';
import { locate, packsOf } from './open.ts';

/**
 * The engine with the packs that `--pack` names and those of the surrounding project. A fault in
 * the project is reported, but doesn't stop users from reading about the rest. Errors: those of
 * `loadEngine` for what the command line names.
 */
export async function engineHere(host: Host, program: string): Promise<Engine> {
  const flags = earlyFlags(host, [kDirectoryFlag], program);
  const given = flags.get('directory');
  const start = path.resolve(host.cwd, typeof given === 'string' ? given : '.');
  const found = projectAround(start);
  if (found === null) return engineWith(host, flags, program, { before: [], directory: start });
  try {
    const project = locate(host, flags);
    const before = packsIn(project);
    return await engineWith(host, flags, program, { before, directory: project });
  } catch (thrown) {
    if (!(thrown instanceof UserError) || thrown.exitCode === ExitCode.cancelled) throw thrown;
    if (sourcesIn(flags).length > 0) throw thrown;
    host.err.write(showWarnings(paintFor(host, host.err), thrown.issues));
    return engineOf([], await host.machine());
  }
}

interface Around {
  readonly before: readonly PackReference[];
  readonly directory: string;
}

async function engineWith(
  host: Host,
  flags: ReadonlyMap<string, FlagValue>,
  program: string,
  around: Around,
): Promise<Engine> {
  const wanted = { ...around, added: sourcesIn(flags), isLook: true, program };
  return (await loadEngine({ ...host, interactive: false }, flags, wanted)).engine;
}

function packsIn(project: string): readonly PackReference[] {
  const record = readRecord(project);
  return record === null ? [] : packsOf(migrate(readWish(project, record.written)));
}
