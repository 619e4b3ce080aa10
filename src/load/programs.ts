/** Servers and their loads: child processes that can't outlive this one. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

const started = new Set<ChildProcess>();

/** Kills the process groups of everything that `begin` started and that is still running. */
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

let isWatched = false;

function endWithUs(child: ChildProcess): void {
  started.add(child);
  if (isWatched) return;
  isWatched = true;
  process.on('exit', endAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(130));
  }
}

export interface Begun {
  readonly pid: number;
  /** All of stdout and stderr so far. */
  readonly output: () => string;
  readonly end: () => void;
}

/**
 * Starts a command in its own process group, with its descriptor limit raised to the hard limit,
 * and waits until `ready` accepts its output. Errors: it exits first, or isn't ready in a minute.
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
  endWithUs(child);
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

/** Runs a command to completion and returns its stdout. Errors: it fails. */
export function finish([program = '', ...rest]: readonly string[]): Promise<string> {
  const child = spawn(program, rest, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  endWithUs(child);
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
