/**
 * tsx scripts/gate/core-tests.ts PRESET [options]
 *   PRESET          release, debug, asan or tsan, already built
 *   --filter TEXT   only these tests, in googletest's form: 'ReactorTest.*:-*Slow*'
 *   --jobs N        processes at a time (six per core)
 *   --hang SECONDS  a test that takes longer is killed (600)
 * Exit code: 0 all passed, 1 some failed, 2 usage. A preset's environment, and the tests it
 * leaves out, are in native-core/CMakePresets.json, where ctest reads them, too.
 */

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sanitizedRuns } from '../build-environment.ts';
import { killAll, list, type Program, runAll } from './gtest.ts';
import { type Report, skipReason } from './gtest-report.ts';
import { type Outcome, tellOutcomes } from './outcome.ts';

/**
 * Enough tests per process to make its start negligible, and few enough to keep every core busy.
 */
const kTestsPerProcess = 25;

/** glibc's threads for aio don't survive a fork: tests that fork to use them must run first. */
const kNeedsOwnProcess = /ProcessServerTest\..*Aio$/;

interface TestPreset {
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly filter?: { readonly exclude?: { readonly name?: string } };
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    filter: { type: 'string', default: '*' },
    // Most of the tests' time is spent waiting for deadlines, which overlap: on two cores, twelve
    // processes take 36 s, six take 54 s.
    jobs: { type: 'string', default: String(6 * availableParallelism()) },
    hang: { type: 'string', default: '600' },
  },
});

function usage(message: string): never {
  console.error(message);
  process.exit(2);
}

const core = fileURLToPath(new URL('../../native-core', import.meta.url));
const presets: readonly TestPreset[] = JSON.parse(
  readFileSync(`${core}/CMakePresets.json`, 'utf8'),
).testPresets;
const [chosen] = positionals;
const preset = presets.find(({ name }) => name === chosen) ?? usage(`no test preset ${chosen}`);
const program: Program = {
  path: `${core}/build/${preset.name}/hpserver_tests`,
  environment: { ...sanitizedRuns(), ...preset.environment },
  hangSeconds: Number(options.hang),
};

/**
 * Neighbouring tests wait for the same things or take equally long: they go to different processes.
 */
function dealt(names: readonly string[]): readonly (readonly string[])[] {
  const alone = names.filter((name) => kNeedsOwnProcess.test(name));
  const others = names.filter((name) => !kNeedsOwnProcess.test(name));
  const count = Math.ceil(others.length / kTestsPerProcess);
  const shards = Array.from({ length: count }, (_, first) =>
    others.filter((_, index) => index % count === first),
  );
  return [...alone.map((name) => [name]), ...shards];
}

function outcomeOf({ name, verdict, seconds, output }: Report): Outcome {
  const why = verdict === 'skipped' ? skipReason(output) : verdict === 'failed' ? output : '';
  const again = `npx tsx scripts/gate/core-tests.ts ${preset.name} --filter '${name}'`;
  return { name, verdict, seconds, checks: 1, repeats: 0, why, again };
}

async function main(): Promise<boolean> {
  const started = performance.now();
  const passedTime = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const all = await list(program, options.filter);
  const leftOut = new RegExp(preset.filter?.exclude?.name ?? '(?!)');
  const names = all.filter((name) => !leftOut.test(name));
  if (names.length === 0) usage(`no test matches ${options.filter}`);
  if (names.length < all.length) console.log(`${all.length - names.length} tests are left out`);
  const outcomes = new Map<string, Outcome>();
  const tell = (report: Report): void => {
    const outcome = outcomeOf(report);
    outcomes.set(report.name, outcome);
    if (outcome.verdict === 'failed') console.log(`FAILED ${outcome.name}\n${outcome.why}`);
    if (outcome.verdict === 'failed') console.log(`again: ${outcome.again}\n`);
    if (outcomes.size % 200 === 0) {
      console.log(`${outcomes.size} of ${names.length} after ${passedTime()}`);
    }
  };
  const waiting = [...dealt(names)];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await runAll(program, next, tell);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, work));
  const told = [...outcomes.values()];
  tellOutcomes(told);
  const skipped = told.filter(({ verdict }) => verdict === 'skipped');
  for (const reason of new Set(skipped.map(({ why }) => why))) {
    const which = skipped.filter(({ why }) => why === reason).map(({ name }) => name);
    console.log(`skipped (${reason}): ${which.join(', ')}`);
  }
  const count = (verdict: Outcome['verdict']) =>
    told.filter((outcome) => outcome.verdict === verdict).length;
  const counts = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
  console.log(`${preset.name}: ${counts}, in ${passedTime()}`);
  return count('failed') === 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killAll();
    process.kill(process.pid, signal);
  });
}

process.exitCode = (await main()) ? 0 : 1;
