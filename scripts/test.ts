/**
 * `npm test`: the stages of scripts/gate/stages.ts, all of them even if one fails.
 *
 *   npm test -- core-asan whole   only these stages
 *   npm test -- --bail            stops at the first failure
 *
 * Exit code: 0 all passed, 1 some failed, 2 usage, 130 interrupted.
 */

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quickBuilds, withOwnTools } from './build-environment.ts';
import { endAll, type Finished, runJob } from './gate/execute.ts';
import { runInLanes } from './gate/lanes.ts';
import { chosen, type Job, jobsOf } from './gate/stage.ts';
import { stages } from './gate/stages.ts';
import { kNotRun, resultOf, summary, tally } from './gate/summary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const surroundings = { root, env: { ...withOwnTools(root), ...quickBuilds() } };

const { positionals: names, values: options } = parseArgs({
  allowPositionals: true,
  options: { bail: { type: 'boolean', default: false } },
});

const unknown = names.filter((name) => stages.every((stage) => stage.name !== name));
if (unknown.length > 0) {
  const known = stages.map((stage) => stage.name).join(', ');
  console.error(`unknown stage ${unknown.join(', ')}; the stages are ${known}`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}

const started = performance.now();
const wanted = chosen(stages, names);
const finished: Finished[] = [];
let isOver = false;

function note(ended: Finished): boolean {
  const { job, status, wallSeconds } = ended;
  const verdict = status === 0 ? 'done' : 'FAILED';
  console.log(`== ${job.stage}, ${job.kind}: ${verdict} after ${wallSeconds.toFixed(0)} s`);
  finished.push(ended);
  if (status !== 0 && options.bail) {
    isOver = true;
    endAll();
  }
  return status === 0;
}

const skip = (job: Job): void => {
  note({ job, status: kNotRun, wallSeconds: 0, cpuSeconds: 0, outcomes: [] });
};

await runInLanes(
  jobsOf(wanted),
  async (job) => note(await runJob(job, surroundings)),
  skip,
  () => isOver,
);
const results = wanted
  .map(({ name }) => ({ name, jobs: finished.filter(({ job }) => job.stage === name) }))
  .filter(({ jobs }) => jobs.length > 0)
  .map(({ name, jobs }) => resultOf(name, jobs));
console.log(`\n${summary(results, (performance.now() - started) / 1000)}`);
process.exitCode = tally(results.flatMap(({ outcomes }) => outcomes)).failed > 0 ? 1 : 0;
