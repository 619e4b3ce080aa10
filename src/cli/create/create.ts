/** `create-hpserver [DIRECTORY]`: from the command line to a project on the disk. */

import path from 'node:path';
import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { packageVersion } from '../../disk/package.ts';
import { ExitCode } from '../../error.ts';
import type { Engine, Preview } from '../../project.ts';
import { asksForHelp } from '../command.ts';
import { type ParsedArguments, parseArguments } from '../flags.ts';
import { showWarnings } from '../issues.ts';
import { distrustOf, trustOptions } from '../pack/trusting.ts';
import { earlyFlags, loadEngine, runHooks, seenFrom, sourcesIn } from '../packs.ts';
import { markedIn, onConflictOf, tellMarked, withoutConflicts } from '../project/conflicts.ts';
import { showDiff } from '../project/diff.ts';
import { tellAside } from '../project/opening/open.ts';
import { standingProject } from './directory.ts';
import { finish } from './finish.ts';
import { createFlags } from './flags/create-flags.ts';
import { swallowedFlags } from './flags/npm-flags.ts';
import type { Decided } from './interview.ts';
import { createHelp } from './show/help.ts';
import { planTable } from './show/plan-table.ts';
import { jsonReport } from './show/report.ts';
import {
  missingAnswers,
  missingIssue,
  namedApart,
  readWish,
  refuseIssues,
  type Wish,
} from './wish.ts';

const kProgram = 'create-hpserver';

export async function create(host: Host): Promise<ExitCode> {
  const early = earlyFlags(host, [], kProgram);
  // Sources are read relative to the current folder, and recorded relative to the project. `--help`
  // fetches nothing.
  const added = asksForHelp(host) ? [] : sourcesIn(early);
  const isLook = early.has('dry-run');
  const wanted = { before: [], added, directory: host.cwd, isLook, program: kProgram };
  const { engine, references } = await loadEngine(host, early, wanted);
  const flags = createFlags(engine.catalog);
  const parsed = parseArguments(flags, host.args, kProgram);
  if (parsed.values.has('help')) {
    host.out.write(createHelp(paintFor(host, host.out), flags, host.out.columns));
    return ExitCode.done;
  }
  if (parsed.values.has('version')) {
    host.out.write(`${packageVersion()}\n`);
    return ExitCode.done;
  }
  const swallowed = swallowedFlags(flags, host);
  refuseIssues(swallowed === null ? [] : [swallowed]);

  const wish = await readWish(engine.catalog, parsed, host, references);
  const read = mayAsk(host, parsed) ? ask : decide;
  const { spec, directory, build } = await read(host, engine, parsed, wish);
  const preview = await engine.preview(seenFrom(spec, host.cwd, directory), directory);
  return parsed.values.has('dry-run')
    ? await showPlan(host, parsed, preview)
    : write(host, engine, parsed, preview, build);
}

function mayAsk(host: Host, { values }: ParsedArguments): boolean {
  return host.interactive && !values.has('yes') && !values.has('json');
}

/** Checks the whole command line at once: its form, its meaning, and what is missing. */
async function decide(
  host: Host,
  engine: Engine,
  parsed: ParsedArguments,
  wish: Wish,
): Promise<Decided> {
  const isOpen = !parsed.values.has('yes') && wish.complete;
  const missing = isOpen ? missingAnswers(engine.catalog, wish.answers) : [];
  const result = engine.parse(wish.answers, wish.extras);
  refuseIssues([
    ...wish.issues,
    ...(result.ok ? [] : result.issues.map((issue) => namedApart(issue, wish))),
    ...(missing.length > 0 ? [missingIssue(missing)] : []),
  ]);
  if (!result.ok) throw new Error('a refused parse has issues');
  const name = String(result.spec.values.name);
  const directory = wish.directory ?? path.resolve(host.cwd, name);
  const taken = standingProject(directory, host.cwd);
  refuseIssues(taken === null ? [] : [taken]);
  return { spec: result.spec, directory, build: null };
}

async function ask(
  host: Host,
  engine: Engine,
  { values }: ParsedArguments,
  wish: Wish,
): Promise<Decided> {
  const before = engine.parse(wish.answers, wish.extras);
  const faults = before.ok ? [] : before.issues.map((issue) => namedApart(issue, wish));
  refuseIssues([...wish.issues, ...faults]);
  const { runInterview } = await import('./interview.ts');
  return runInterview(host, engine, wish, values);
}

async function showPlan(
  host: Host,
  { values }: ParsedArguments,
  preview: Preview,
): Promise<ExitCode> {
  if (values.has('json')) {
    host.out.write(jsonReport(preview));
  } else {
    host.out.write(planTable(paintFor(host, host.out), preview));
    if (values.has('diff')) await showDiff(host, preview);
    host.err.write(showWarnings(paintFor(host, host.err), preview.warnings));
  }
  const conflicts = preview.changes.some(({ action }) => action === 'conflict');
  return conflicts ? ExitCode.conflicts : ExitCode.done;
}

async function write(
  host: Host,
  engine: Engine,
  { values }: ParsedArguments,
  previewed: Preview,
  wanted: boolean | null,
): Promise<ExitCode> {
  const onConflict = onConflictOf(values.get('on-conflict'));
  const changes = await withoutConflicts(host, previewed.changes, onConflict);
  const preview = { ...previewed, changes };
  tellAside(host, await engine.apply(preview));
  await runHooks(host, engine, preview.directory);
  const paint = paintFor(host, host.err);
  host.err.write(showWarnings(paint, preview.warnings));
  host.err.write(
    `${paint.green('Wrote')} ${preview.changes.length} files to ${preview.directory}\n`,
  );
  // A script that asks for the JSON report runs the report's commands itself.
  const byDefault = wanted ?? !values.has('json');
  const build = values.has('build') ? values.get('build') === true : byDefault;
  const trust = trustOptions(host, values);
  const distrust = build ? await distrustOf(engine.packs, trust) : null;
  await finish(host, preview, { build, distrust, git: values.get('git') !== false });
  if (values.has('json')) host.out.write(jsonReport(preview));
  // By default the project is built if that is allowed. A user who asked for a build must hear that
  // it was refused.
  const isRefused = distrust !== null && values.get('build') === true;
  const marked = markedIn(preview);
  tellMarked(host, marked);
  if (isRefused) return ExitCode.untrustedPack;
  return marked.length > 0 ? ExitCode.conflicts : ExitCode.done;
}
