/** A changed configuration → the changed project: what `regenerate` and `add` have in common. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { ExitCode, UserError } from '../../error.ts';
import { byNpmClient } from '../../native/npm-client.ts';
import type { Preview } from '../../project.ts';
import type { Draft } from '../../spec/draft.ts';
import { shellWords } from '../create/show/report.ts';
import type { FlagValue } from '../flags.ts';
import { showWarnings } from '../issues.ts';
import { runHooks } from '../packs.ts';
import { conflictsIn, markedIn, onConflictOf, tellMarked, withoutConflicts } from './conflicts.ts';
import { showDiff } from './diff.ts';
import { type OpenProject, tellAside } from './opening/open.ts';
import { planned } from './opening/planned.ts';
import { isWritten, totals, updateReport, updateTable } from './report.ts';

export interface Revision {
  readonly draft: Draft;
  /** Paths of deleted files to bring back. */
  readonly restore: readonly string[];
  readonly flags: ReadonlyMap<string, FlagValue>;
  /** What to run next; by default, whatever builds and tests the project. */
  readonly next?: readonly (readonly string[])[];
}

export async function revise(
  host: Host,
  project: OpenProject,
  { draft, restore, flags, next }: Revision,
): Promise<ExitCode> {
  const wanted = onConflictOf(flags.get('on-conflict'));
  const { engine, directory } = project;
  const plan = await planned(project, draft, restore);
  const { preview: previewed } = plan;
  const wish = [...plan.upgrade, ...plan.wish];
  refuseUnknown(previewed, restore);
  const paint = paintFor(host, host.out);
  const json = flags.has('json');
  if (!json) host.out.write(updateTable(paint, previewed, wish));
  if (!json && flags.has('diff')) await showDiff(host, previewed);
  if (flags.has('dry-run')) {
    host.out.write(json ? updateReport(previewed, wish, false) : 'Nothing was written.\n');
    const isOpen = conflictsIn(previewed.changes).length > 0 || markedIn(previewed).length > 0;
    return isOpen ? ExitCode.conflicts : ExitCode.done;
  }
  const changes = await withoutConflicts(host, previewed.changes, wanted);
  const settled = { ...previewed, changes };
  tellAside(host, await engine.apply(settled, wish.length > 0 ? wish.join(', ') : 'regenerate'));
  if (settled.changes.some(isWritten)) await runHooks(host, engine, directory);
  if (json) host.out.write(updateReport(settled, wish, true));
  else tell(host, settled, next);
  const marked = markedIn(settled);
  tellMarked(host, marked);
  return marked.length > 0 ? ExitCode.conflicts : ExitCode.done;
}

function tell(host: Host, preview: Preview, next: Revision['next']): void {
  const paint = paintFor(host, host.err);
  host.err.write(showWarnings(paint, preview.warnings));
  if (!preview.changes.some(isWritten)) {
    host.err.write('Already up to date.\n');
    return;
  }
  host.err.write(`${paint.green('Updated')}: ${totals(preview.changes)}\n`);
  const argvs = next ?? buildSteps(preview);
  host.err.write(
    `\n${paint.bold('Next')}\n${argvs.map((argv) => `  ${shellWords(byNpmClient(argv, host.env))}\n`).join('')}`,
  );
  host.err.write('  create-hpserver undo   to undo this update\n');
}

function buildSteps({ commands, changes }: Preview): readonly (readonly string[])[] {
  const { install, build, test } = commands;
  const isInstalled = !changes.some(({ path, text }) => path === 'package.json' && text);
  return [isInstalled ? null : install, build, test].filter((argv) => argv !== null);
}

/** Only a deleted file can be restored. */
function refuseUnknown({ changes, standing }: Preview, restore: readonly string[]): void {
  const issues = restore.flatMap((path) => {
    const isPlanned = changes.some((change) => change.path === path);
    if (isPlanned && !standing.has(path)) return [];
    const message = isPlanned ? `${path} still exists` : `${path} is not a file of this project`;
    const fix = 'To list missing files: create-hpserver status';
    return [{ at: '--restore', message, fix }];
  });
  if (issues.length > 0) throw new UserError(ExitCode.usage, issues);
}
