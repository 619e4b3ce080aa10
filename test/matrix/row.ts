/** One architecture's row: the suite, the flow by its trace, a short load, hostile clients. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Target } from '../blackbox/server.ts';
import { groups, isAmplified, openStage, type Result, runTogether } from '../blackbox/suite.ts';
import type { Check, Group, World } from '../blackbox/world.ts';
import type { Architecture } from './architectures.ts';
import { runHostility } from './hostility.ts';
import { runLoad } from './load.ts';
import { isTraced, type Mode } from './mode.ts';
import { kCache, type Place } from './projects.ts';
import { targetOf } from './target.ts';
import { checkFlow } from './trace/check-flow.ts';

export interface Row {
  readonly id: string;
  /** What went wrong, a line each; empty when all passed. */
  readonly failures: readonly string[];
  readonly checks: number;
  /** Checks that passed only when repeated alone, each with its first failure. */
  readonly repeated: readonly string[];
  /** Trace lines from which the flow was verified; null without a trace. */
  readonly traced: number | null;
  readonly requestsPerSecond: number | null;
  /** What a client that never stops costs the others; see `Fairness`. Null if not measured. */
  readonly fairness: number | null;
  readonly seconds: number;
  /** Everything the servers have printed, if anything failed. */
  readonly log: string | null;
}

export interface Wish {
  readonly mode: Mode;
  /** Skips the checks that only wait. */
  readonly quick: boolean;
}

/** `onPart` is told what begins. */
export async function runRow(
  place: Place,
  { mode, quick }: Wish,
  onPart: (name: string) => void,
): Promise<Row> {
  const { architecture } = place;
  const started = performance.now();
  const plain = targetOf(place, mode, '');
  onPart('the suite');
  const suite = await runSuite(plain, architecture, quick);
  const parts: Part[] = [suite];
  onPart('the trace');
  const trace = isTraced(mode)
    ? await checkFlow(targetOf(place, mode, '-traced'), architecture)
    : null;
  if (trace !== null) parts.push(trace);
  onPart('the load');
  const load = await runLoad(plain, quick ? 1 : 2);
  parts.push(load);
  if (mode === 'asan') {
    onPart('hostile clients');
    parts.push(await runHostility(plain));
  }
  const failures = parts.flatMap((part) => part.failures);
  const log = join(kCache, mode, 'logs', `${architecture.id}.log`);
  rmSync(log, { force: true });
  if (failures.length > 0) {
    mkdirSync(dirname(log), { recursive: true });
    const output = parts.map((part) => part.output).join('\n');
    writeFileSync(log, `${failures.join('\n\n')}\n\n${output}\n`);
  }
  return {
    id: architecture.id,
    failures,
    checks: suite.checks,
    repeated: suite.repeated,
    traced: trace?.lines ?? null,
    requestsPerSecond: load.requestsPerSecond,
    fairness: null,
    seconds: (performance.now() - started) / 1000,
    log: failures.length > 0 ? log : null,
  };
}

export interface Part {
  readonly failures: readonly string[];
  readonly output: string;
}

export interface Suite extends Part {
  readonly checks: number;
  readonly repeated: readonly string[];
}

/** Leaves out checks that the server doesn't support and, if `quick`, those that only wait. */
export async function runSuite(
  target: Target,
  architecture: Architecture,
  quick: boolean,
): Promise<Suite> {
  const tasks = selected(architecture, quick);
  try {
    const stage = await openStage(target);
    let ended: Ended = { failures: [], repeated: [] };
    let output = '';
    try {
      ended = await runTasks(stage.world, tasks);
    } finally {
      output = stage.outputs();
      await stage.close();
    }
    return { ...ended, output, checks: tasks.length };
  } catch (error) {
    return { failures: [String(error)], repeated: [], output: '', checks: tasks.length };
  }
}

interface Ended {
  readonly failures: readonly string[];
  readonly repeated: readonly string[];
}

/**
 * Many checks only wait for a deadline, so these run at the same time. Failed ones are repeated
 * alone, up to two times. This safety net should catch nothing, since no verdict depends on the
 * machine's speed. If it does, that is reported to the gate, and investigated.
 */
async function runTasks(world: World, tasks: readonly Task[]): Promise<Ended> {
  const shared = tasks.filter(({ group }) => !group.ownServers);
  const own = tasks.filter(({ group }) => group.ownServers);
  const first = await Promise.all([
    runTogether(world, own, 6),
    runTogether(world, shared, Math.min(4, world.capacity)),
  ]);
  const suspects = first.flat().filter(({ failure }) => failure !== null);
  let failed = suspects;
  for (let round = 0; round < 2 && failed.length > 0; round += 1) {
    const again = tasks.filter(({ group, check }) =>
      failed.some((result) => result.group === group.name && result.name === check.name),
    );
    const results = await runTogether(world, again, 1);
    failed = results.filter(({ failure }) => failure !== null);
  }
  const passed = suspects.filter((suspect) => !failed.some((result) => isSame(result, suspect)));
  return { failures: failed.map(sentence), repeated: passed.map(sentence) };
}

function isSame(one: Result, other: Result): boolean {
  return one.group === other.group && one.name === other.name;
}

function sentence({ group, name, failure }: Result): string {
  return `${group}: ${name}: ${failure}`;
}

interface Task {
  readonly group: Group;
  readonly check: Check;
}

const kSlow = ['deadlines', 'limits', 'lifecycle'];

function selected({ capacity, sample }: Architecture, quick: boolean): readonly Task[] {
  return groups
    .filter((group) => !(quick && kSlow.includes(group.name)))
    .flatMap((group) => group.checks.map((check) => ({ group, check })))
    .filter(({ check }) => sample || !isAmplified(check.name))
    .filter(({ check }) => sample || check.sampled !== true)
    .filter(({ check: { connections = 1 } }) => connections <= capacity);
}
