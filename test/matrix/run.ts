/**
 * npm run matrix -- [options]
 *   --mode M        release (default), asan or tsan; the last two are for C++, tsan for threads
 *   --filter TEXT   only architectures whose name contains TEXT (repeatable: all of the texts)
 *   --language L    cpp or typescript
 *   --jobs N        rows at a time (number of cores plus one)
 *   --quick         no waiting checks, a shorter load, no fairness
 *   --cover         only enough to cover every pair of answers (covering.ts)
 *   --build         builds their servers, and exits
 *   --built         uses the servers left by --build
 *   --list          prints the names, and exits
 * Exit code: 0 all passed, 1 some failed, 2 usage. Rows run with all checks are also
 * written to docs/matrix/, where they replace their previous results.
 */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tellOutcomes } from '../../scripts/gate/outcome.ts';
import { type Architecture, isMeantFor, offered } from './architectures.ts';
import { build } from './build.ts';
import { covering } from './covering.ts';
import { lostRow, runRows } from './crew.ts';
import { withFairness } from './fairness.ts';
import { kModes, type Mode } from './mode.ts';
import { Progress } from './progress.ts';
import { generate, kCache, type Project } from './projects.ts';
import { outcomesOf, type Run, table, writeResults } from './results.ts';
import type { Row } from './row.ts';

const { values: options } = parseArgs({
  options: {
    mode: { type: 'string', default: 'release' },
    filter: { type: 'string', multiple: true, default: [] },
    language: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism() + 1) },
    quick: { type: 'boolean', default: false },
    cover: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

function usage(message: string): never {
  console.error(message);
  process.exit(2);
}

const mode: Mode =
  kModes.find((each) => each === options.mode) ?? usage(`--mode: one of ${kModes.join(', ')}`);

function isWanted(architecture: Architecture): boolean {
  const { id, language } = architecture;
  if (options.language !== undefined && language !== options.language) return false;
  return isMeantFor(architecture, mode) && options.filter.every((text) => id.includes(text));
}

async function main(): Promise<boolean> {
  const started = performance.now();
  const wanted = offered().filter(isWanted);
  const architectures = options.cover ? covering(wanted) : wanted;
  if (architectures.length === 0) usage('no architecture has such a name');
  if (options.list) {
    console.log(architectures.map(({ id }) => id).join('\n'));
    return true;
  }
  const progress = new Progress(architectures.length);
  const rows: Row[] = [];
  const report = (row: Row): void => {
    rows.push(row);
    progress.row(row);
  };
  progress.stage(`generating ${architectures.length} projects`);
  const projects: Project[] = [];
  for (const architecture of architectures) {
    await generate(architecture).then(
      (project) => projects.push(project),
      (error: unknown) => report(lostRow(architecture.id, `not generated: ${error}`)),
    );
  }
  const broken = options.built ? new Set<string>() : await buildServers(projects, progress, report);
  if (options.build) return rows.every(({ failures }) => failures.length === 0);
  const built = projects.filter(({ architecture }) => !broken.has(architecture.id));
  await runRows(built, { mode, quick: options.quick }, Number(options.jobs), report);
  const measured = options.quick ? rows : await measure(rows, projects, progress);
  progress.clear();
  const seconds = (performance.now() - started) / 1000;
  const run: Run = {
    mode,
    wanted: architectures.length,
    seconds,
    rows: architectures.flatMap(({ id }) => measured.filter((row) => row.id === id)),
  };
  console.log(table(run, architectures));
  tellOutcomes(outcomesOf(run, options.quick));
  if (!options.quick) writeResults(run, offered());
  return measured.every(({ failures }) => failures.length === 0);
}

/** Returns the names of servers that could not be built. */
async function buildServers(
  projects: readonly Project[],
  progress: Progress,
  report: (row: Row) => void,
): Promise<ReadonlySet<string>> {
  const started = performance.now();
  progress.stage(`building ${projects.length} servers`);
  // CMake removes targets that are no longer listed, so each part of the matrix has its own build.
  const name = [mode, ...(options.language === undefined ? [] : [options.language])].join('-');
  const broken = await build(projects, mode, { home: join(kCache, name) });
  for (const [id, why] of broken) report(lostRow(id, `not built: ${why}`));
  progress.stage(`built after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return new Set(broken.keys());
}

/** Measures one row after the other; by now, the machine is otherwise idle. */
async function measure(
  rows: readonly Row[],
  projects: readonly Project[],
  progress: Progress,
): Promise<readonly Row[]> {
  const measured: Row[] = [];
  progress.stage('measuring fairness');
  for (const row of rows) {
    const project = projects.find(({ architecture }) => architecture.id === row.id);
    const runs = project !== undefined && row.failures.length === 0;
    const complete = runs ? await withFairness(row, project, mode) : row;
    if (complete.failures.length > row.failures.length) progress.tell(complete);
    measured.push(complete);
  }
  return measured;
}

process.exitCode = (await main()) ? 0 : 1;
