/** Child processes that can't outlive the benchmark, and what they cost according to /proc. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const started = new Set<ChildProcess>();

/** Kills the process groups of everything that `begin` started and that still runs. */
export function endAll(): void {
  for (const child of started) end(child);
}

function end(child: ChildProcess): void {
  started.delete(child);
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is already gone.
  }
}

process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130));
}

export interface Begun {
  readonly pid: number;
  /** All of stdout and stderr so far. */
  readonly output: () => string;
  readonly end: () => void;
}

/**
 * Starts a command in a process group of its own, with the largest number of descriptors that we
 * may have, and waits until its output is `ready`. Errors: it ends before, or takes a minute.
 */
export function begin(
  argv: readonly string[],
  cwd: string,
  ready: (output: string) => boolean,
): Promise<Begun> {
  const child = spawn('sh', ['-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'sh', ...argv], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      end(child);
      reject(new Error(`${argv.join(' ')}: ${why}\n${output}`));
    };
    const timer = setTimeout(() => fail('not ready after a minute'), 60_000);
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!ready(output)) return;
      clearTimeout(timer);
      resolve({ pid: child.pid ?? 0, output: () => output, end: () => end(child) });
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`ended with ${code ?? signal}`));
    look(Buffer.alloc(0));
  });
}

/** Runs a command to its end and gives its stdout. Errors: it fails. */
export function finish([program = '', ...rest]: readonly string[]): Promise<string> {
  const child = spawn(program, rest, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  started.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      started.delete(child);
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${rest.join(' ')}: exit ${code}\n${output}`));
    });
  });
}

/** The process and all its descendants, so that a master's workers count too. */
export function processTree(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const fields = /^\d+$/.test(entry) ? statFields(Number(entry)) : null;
    if (fields !== null) parents.set(Number(entry), Number(fields[1]));
  }
  const tree = [pid];
  for (const member of tree) {
    for (const [child, parent] of parents) if (parent === member) tree.push(child);
  }
  return tree;
}

/** /proc/PID/stat from field 3 (state) on; the command before may hold blanks. */
function statFields(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/**
 * User + system time of the tree in seconds, with that of children who have ended: a process that
 * serves one connection ends with it. See: proc(5), fields 14 to 17.
 */
export function cpuSeconds(pid: number): number {
  const ticks = processTree(pid).reduce((sum, each) => {
    const times = statFields(each)?.slice(11, 15) ?? [];
    return sum + times.reduce((ticks, time) => ticks + Number(time), 0);
  }, 0);
  return ticks / ticksPerSecond;
}

/** Proportional set size of the tree in bytes: pages shared by workers count once. */
export function memoryBytes(pid: number): number {
  return processTree(pid).reduce((sum, each) => {
    const rollup = readFileSync(`/proc/${each}/smaps_rollup`, 'latin1');
    return sum + Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  }, 0);
}

/** A port that was free a moment ago, for servers that can't print the one they chose. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });
}
