/** Starts and stops the server under test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { isAlive, killAll, processTree } from '../../src/load/process-tree.ts';
import { type Address, eventually, patienceMs } from './wire.ts';
import type { Finished } from './world.ts';

/** A generated project's `start` command. */
export interface Target {
  readonly name: string;
  readonly cwd: string;
  readonly start: readonly string[];
  /** False if one loop does everything, so there is no --workers flag. Default: true. */
  readonly hasWorkers?: boolean | undefined;
  /** How many connections it serves at the same time. Default: any number. */
  readonly capacity?: number | undefined;
  /** True if each connection occupies a whole worker. Default: false. */
  readonly blocks?: boolean | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  /** See `Address`. Default: 0. */
  readonly mask?: number;
}

export interface Running {
  readonly address: Address;
  readonly pid: number;
  readonly output: () => string;
  /** Sends a signal to the server's process. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Also accepts this exit code in place of 0. */
  readonly mayEndWith: (code: number) => void;
  /** Resolves with the exit code; for a death by signal, its name. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /**
   * SIGTERM, then SIGKILL when patience runs out. Errors: the server, or a worker it left behind,
   * had not exited by then; its exit code was neither 0 nor the one passed to `mayEndWith`, and its
   * signal was not one sent with `signal`; a sanitizer has printed a report.
   */
  readonly stop: () => Promise<void>;
}

/** What AddressSanitizer and its siblings print when they find something. */
const sanitizerReport = /ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:/;

/** Longer than any check waits. */
const kNeverMs = '600000';

/**
 * Disables all deadlines of connections, because a server can't tell a slow client from one that is
 * waiting for the machine. Flags that come later override these.
 */
export const patientFlags: readonly string[] = ['header', 'body', 'idle', 'write'].flatMap(
  (name) => [`--${name}-timeout-ms`, kNeverMs],
);

/**
 * Starts the target with `patientFlags` and `flags` appended; resolves once it has printed its
 * address.
 */
export async function launch(
  target: Target,
  flags: readonly string[],
  listen = '127.0.0.1:0',
): Promise<Running> {
  const { mask } = target;
  const child = start(target, [...patientFlags, ...flags, '--listen', listen]);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('error', () => resolve(127));
    // `exit` would be too early: the last output must be included.
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
  const ends = new Set<number | NodeJS.Signals>([0]);
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  const stop = async (): Promise<void> => {
    // Determined now, because the children of a parent that has exited can't be found.
    const tree = gone ? [] : processTree(child.pid ?? 0);
    let overdue = '';
    child.kill('SIGTERM');
    const killer = setTimeout(() => {
      overdue = `, overdue: ${tree.filter(isAlive)}`;
      killAll(tree);
      killTree(child.pid ?? 0);
    }, patienceMs);
    const code = await exited;
    clearTimeout(killer);
    if (!ends.has(code) || overdue !== '' || sanitizerReport.test(output)) {
      throw new Error(`the server ended with ${code}${overdue}:\n${output}`);
    }
  };
  const printed = await eventually('"listening on …"', () => {
    if (gone) return { text: null };
    const text = /listening on (\S+)\n/.exec(output)?.[1];
    return text === undefined ? undefined : { text };
  }).catch(() => ({ text: null }));
  if (printed.text === null) {
    killTree(child.pid ?? 0);
    throw new Error(`${target.start.join(' ')} ${flags.join(' ')} doesn't serve:\n${output}`);
  }
  return {
    address: { ...addressOf(printed.text), ...(mask === undefined ? {} : { mask }) },
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => {
      ends.add(name);
      child.kill(name);
    },
    mayEndWith: (code) => {
      ends.add(code);
    },
    exited,
    stop,
  };
}

/** Runs the target's command to completion. */
export function execute(target: Target, flags: readonly string[]): Promise<Finished> {
  const child = start(target, flags);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const killer = setTimeout(() => killTree(child.pid ?? 0), patienceMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(killer);
      if (sanitizerReport.test(stderr)) reject(new Error(stderr));
      else resolve({ code, stdout, stderr });
    });
  });
}

function start(target: Target, flags: readonly string[]): ChildProcess {
  const [command = '', ...rest] = target.start;
  return spawn(command, [...rest, ...flags], {
    cwd: target.cwd,
    env: { ...process.env, ...target.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** `http://127.0.0.1:80`, `http://[::1]:80`, `unix:/path` or `unix:@abstract`. */
export function addressOf(text: string): Address {
  const local = /^(?:http\+)?unix:(?:\/\/)?(.+)$/.exec(text)?.[1];
  if (local !== undefined) return { path: local.replace(/^@/, '\0') };
  const url = new URL(text);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
}

function killTree(pid: number): void {
  if (pid > 0) killAll(processTree(pid));
}
