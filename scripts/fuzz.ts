/**
 * `npm run fuzz -- [NAME…]`: libFuzzer on the parsers of the native core (native-core/fuzz/), each
 * of which must keep its rules whatever bytes it reads.
 *
 *   NAME          a target; all of them by default, or with `all`
 *   --minutes N   how long each searches
 *   --seconds N   the same in seconds (30)
 *   --seed N      repeats a search, as far as this machine gets in the time; random by default
 *   --input FILE  tries only this, with the single named target
 *   --jobs N      targets at a time (one per core)
 *   --build       only builds them
 *   --built       only runs the existing ones
 *   --help        prints this
 *
 * Inputs that lead further are kept in native-core/build/asan/corpus/NAME, where the next search
 * starts. Inputs that break a rule are kept in native-core/build/asan/crashes, and the command that
 * repeats them is printed.
 *
 * Exit code: 0 nothing found, 1 something found, or no clang to build with, 2 usage.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { probeAll } from '../src/native/probe.ts';
import { kFuzzers } from '../src/native/requirements.ts';
import { quickBuilds, sanitizedRuns } from './build-environment.ts';
import {
  argumentsOf,
  kBuild,
  programOf,
  type Report,
  reportOf,
  type Search,
} from './fuzz/report.ts';
import { kOutcomesVariable, type Outcome, tellOutcomes } from './gate/outcome.ts';

/** How long, and how, to search each target, and how many targets at a time. */
interface Effort {
  readonly seconds: number;
  /** 0: a different one each time. */
  readonly seed: number;
  readonly jobs: number;
}

const kSeeds = 'native-core/fuzz/seeds';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Every folder of seeds belongs to a target, as in CMake. */
const known: readonly string[] = readdirSync(kSeeds).sort();

function usage(message: string): never {
  console.error(message);
  process.exit(2);
}

/** The header of this file is the help text. */
function help(): string {
  const [, head = ''] =
    /^\/\*\*\n(.*?)\n \*\/\n/s.exec(readFileSync('scripts/fuzz.ts', 'utf8')) ?? [];
  return `${head.replaceAll(/^ \* ?/gm, '')}\n\nThe targets are ${known.join(', ')}.`;
}

function wishes() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        minutes: { type: 'string' },
        seconds: { type: 'string', default: '30' },
        seed: { type: 'string', default: '0' },
        input: { type: 'string' },
        jobs: { type: 'string', default: String(availableParallelism()) },
        build: { type: 'boolean', default: false },
        built: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    usage(error instanceof Error ? error.message : String(error));
  }
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) usage(`--${name} wants a number above 0, not ${value}`);
  return number;
}

function whole(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) usage(`--${name} wants a whole number, not ${value}`);
  return Number(value);
}

function run(program: string, ...args: readonly string[]): Promise<void> {
  return runIn('.', program, ...args);
}

async function runIn(cwd: string, program: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, ...quickBuilds() };
  const child = spawn(program, args, { stdio: 'inherit', env, cwd });
  const [status] = (await once(child, 'close')) as readonly (number | null)[];
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

async function build(): Promise<void> {
  // A folder configured by hand may use a different CMake generator.
  rmSync(`${kBuild}/CMakeCache.txt`, { force: true });
  await run('cmake', '-S', 'native-core', '--preset', 'asan');
  const parallel = String(availableParallelism());
  await run('cmake', '--build', kBuild, '--target', 'fuzz', '--parallel', parallel);
}

/** Targets that read requests start with the cases of the protocol tests. */
const kReadsRequests: readonly string[] = ['http_request', 'http_session'];
const kCases = `${kBuild}/cases`;

function searchOf(name: string, { seconds, seed }: Effort): Search {
  const kept = `${kBuild}/corpus/${name}`;
  mkdirSync(kept, { recursive: true });
  const cases = kReadsRequests.includes(name) ? [kCases] : [];
  const dictionary = `native-core/fuzz/${name.split('_')[0]}.dict`;
  return {
    name,
    seconds,
    seed,
    corpora: [kept, `${kSeeds}/${name}`, ...cases],
    dictionary: existsSync(dictionary) ? dictionary : null,
  };
}

async function tried(name: string, args: readonly string[]): Promise<Report> {
  const env = { ...sanitizedRuns(), ...process.env };
  const child = spawn(programOf(name), args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  const ended = once(child, 'close');
  const output = await text(child.stderr);
  const [status] = (await ended) as readonly (number | null)[];
  return reportOf(output, status ?? 1);
}

function outcomeOf(name: string, { found, input }: Report, seconds: number): Outcome {
  const verdict = found === '' ? 'passed' : 'failed';
  const again = `npm run fuzz -- ${name}${input === null ? '' : ` --input ${input}`}`;
  return { name, verdict, seconds, checks: 1, repeats: 0, why: found, again };
}

/** Reports the outcome on the console and to the gate; false if something was found. */
function tell(outcome: Outcome, runs: number): boolean {
  const { name, verdict, why, again } = outcome;
  tellOutcomes([outcome]);
  if (verdict === 'passed') console.log(`${name}: nothing found in ${runs} runs`);
  else console.log(`FAILED ${name}\n${why}\nagain: ${again}\n`);
  return verdict === 'passed';
}

async function fuzz(names: readonly string[], effort: Effort): Promise<boolean> {
  mkdirSync(`${kBuild}/crashes`, { recursive: true });
  // write_seeds finds the cases through its `__FILE__`, which may be relative to the build folder.
  await runIn(kBuild, './write_seeds', 'cases');
  const waiting = [...names];
  let isClean = true;
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const started = performance.now();
      const report = await tried(name, argumentsOf(searchOf(name, effort)));
      const outcome = outcomeOf(name, report, (performance.now() - started) / 1000);
      isClean = tell(outcome, report.runs) && isClean;
    }
  };
  await Promise.all(Array.from({ length: effort.jobs }, work));
  return isClean;
}

async function tryOne(name: string, input: string): Promise<boolean> {
  return tell(outcomeOf(name, { ...(await tried(name, [input])), input }, 0), 1);
}

/** Null if everything needed to build a target is there; otherwise what to do. */
async function missing(): Promise<string | null> {
  const [finding] = await probeAll([kFuzzers], 'tests');
  if (finding?.status === 'ok') return null;
  const wayOut = 'npx tsx src/bin.ts doctor --for tests --fix';
  return `fuzzing needs ${kFuzzers.name}, which is not installed; ${wayOut} installs it`;
}

async function main(): Promise<boolean> {
  const { values, positionals } = wishes();
  if (values.help) {
    console.log(help());
    return true;
  }
  const unknown = positionals.filter((name) => name !== 'all' && !known.includes(name));
  if (unknown.length > 0) {
    usage(`no target ${unknown.join(', ')}; the targets are ${known.join(', ')}, and all`);
  }
  const names = positionals.length === 0 || positionals.includes('all') ? known : positionals;
  const { input } = values;
  if (input !== undefined && !(names.length === 1 && existsSync(input))) {
    usage('--input wants a file, and one target');
  }
  const seconds =
    values.minutes === undefined
      ? positive('seconds', values.seconds)
      : 60 * positive('minutes', values.minutes);
  const jobs = positive('jobs', values.jobs);
  const seed = whole('seed', values.seed);
  const lack = await missing();
  if (lack !== null) return lacking(lack, names, values.build);
  if (!values.built) await build();
  if (values.build) return true;
  const [only = ''] = names;
  const effort = { seconds: Math.ceil(seconds), seed, jobs };
  return input === undefined ? fuzz(names, effort) : tryOne(only, input);
}

/**
 * If what they need is missing, the gate skips the targets, except in CI: no one would notice
 * there.
 */
function lacking(why: string, names: readonly string[], isBuild: boolean): boolean {
  console.error(why);
  if (process.env.CI || process.env[kOutcomesVariable] === undefined) return false;
  const one = { verdict: 'skipped', seconds: 0, checks: 1, repeats: 0, why } as const;
  if (isBuild) return true;
  tellOutcomes(names.map((name) => ({ ...one, name, again: `npm run fuzz -- ${name}` })));
  return true;
}

process.exitCode = (await main()) ? 0 : 1;
