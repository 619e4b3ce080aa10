/** Runs a job's commands: prefixed output line by line, time, and outcomes. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kOutcomesVariable, type Outcome } from './outcome.ts';
import type { Command, Job } from './stage.ts';

export interface Finished {
  readonly job: Job;
  readonly status: number;
  readonly wallSeconds: number;
  /** User and system time of all processes that were waited for. */
  readonly cpuSeconds: number;
  readonly outcomes: readonly Outcome[];
}

/** Where commands run, and with what. */
export interface Surroundings {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const kRunning = new Set<ChildProcess>();

/** Kills every running command, and everything it has started. */
export function endAll(): void {
  for (const { pid } of kRunning) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The process has just exited by itself.
    }
  }
}

/** Stops at the first command that fails. */
export async function runJob(job: Job, surroundings: Surroundings): Promise<Finished> {
  const started = performance.now();
  const scratch = mkdtempSync(join(tmpdir(), 'gate-'));
  const files = { outcomes: join(scratch, 'outcomes'), time: join(scratch, 'time') };
  let status = 0;
  let cpuSeconds = 0;
  for (const command of job.commands) {
    status = await execute(command, job.stage, files, surroundings);
    cpuSeconds += cpuSecondsIn(textOf(files.time));
    if (status !== 0) break;
  }
  const told = textOf(files.outcomes).split('\n').filter(Boolean);
  const outcomes = told.map((line) => JSON.parse(line) as Outcome);
  rmSync(scratch, { recursive: true, force: true });
  const wallSeconds = (performance.now() - started) / 1000;
  return { job, status, wallSeconds, cpuSeconds, outcomes };
}

/** bash's `time` reports what Node can't: the time of a child and of all its descendants. */
const kTimed = 'exec 3>&2; TIMEFORMAT="%U %S"; { time "$@" 2>&3 3>&-; } 2>"$0"';

async function execute(
  command: Command,
  stage: string,
  files: { readonly outcomes: string; readonly time: string },
  { root, env }: Surroundings,
): Promise<number> {
  const tell = (line: string): void => console.log(`${stage} | ${line}`);
  tell(`$ ${command.join(' ')}`);
  const child = spawn('bash', ['-c', kTimed, files.time, ...command], {
    cwd: root,
    env: { ...env, [kOutcomesVariable]: files.outcomes },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  kRunning.add(child);
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', tell);
  const [status] = (await once(child, 'close')) as readonly (number | null)[];
  kRunning.delete(child);
  return status ?? 1;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** `12.34 1.23`, after anything a shell may have printed about a signal. */
function cpuSecondsIn(text: string): number {
  const [user, system] = (text.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return (user ?? 0) + (system ?? 0) || 0;
}
