/** How long a command takes, and how much of the processors it uses, with all of its children. */

import { spawnSync } from 'node:child_process';
import { type Spread, spread } from '../../src/load/statistics.ts';

export interface Cost {
  readonly wallSeconds: Spread;
  readonly cpuSeconds: Spread;
}

export interface Job {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each run, untimed. */
  readonly prepare?: () => void;
}

interface Sample {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** `0m1.250s`, as times(1p) prints it. */
const kTime = /(\d+)m([\d.]+)s/g;

function measured({ name, command, cwd, env, prepare }: Job): Sample {
  prepare?.();
  const begun = performance.now();
  // The shell waits for all of them: what its children have used is what it says at the end.
  const script = '"$@" > /dev/null || exit $?; times';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', ...command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${name}: exit ${status}\n${stderr}`);
  const [, ofChildren = ''] = stdout.trim().split('\n').slice(-2);
  const seconds = [...ofChildren.matchAll(kTime)].map(([, m, s]) => 60 * Number(m) + Number(s));
  return {
    wallSeconds: (performance.now() - begun) / 1000,
    cpuSeconds: seconds.reduce((sum, each) => sum + each, 0),
  };
}

/** Interleaved, so that what else the machine does meets all of them. */
export function costsOf(jobs: readonly Job[], rounds: number): ReadonlyMap<string, Cost> {
  const samples = new Map<string, Sample[]>(jobs.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const job of jobs) {
      process.stderr.write(`\r\u001b[K${round} of ${rounds}: ${job.name}`);
      samples.get(job.name)?.push(measured(job));
    }
  }
  process.stderr.write('\r\u001b[K');
  return new Map([...samples].map(([name, own]) => [name, costOf(own)]));
}

function costOf(samples: readonly Sample[]): Cost {
  const wallSeconds = spread(samples.map((each) => each.wallSeconds));
  const cpuSeconds = spread(samples.map((each) => each.cpuSeconds));
  if (wallSeconds === null || cpuSeconds === null) throw new Error('nothing was measured: a bug');
  return { wallSeconds, cpuSeconds };
}
