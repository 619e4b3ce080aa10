/** Runs a command and keeps the end of its output. */

import { spawn } from 'node:child_process';

export interface Outcome {
  /** False if there is no such program, or it may not be run. */
  readonly started: boolean;
  /** Null if a signal ended it, or it could not be started. */
  readonly status: number | null;
  readonly tail: readonly string[];
}

const kTailLines = 30;

/**
 * Passes standard output and standard error to `onLine`, line by line, and returns the last lines.
 * An abort kills the command, and everything it has started.
 */
export function runCommand(
  argv: readonly string[],
  directory: string,
  onLine: (line: string) => void = () => {},
  env: Readonly<Record<string, string | undefined>> = process.env,
  signal?: AbortSignal,
): Promise<Outcome> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    let tail: string[] = [];
    let rest = '';
    const take = (text: string): void => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines.filter((candidate) => candidate.trim() !== '')) {
        tail = [...tail, line].slice(-kTailLines);
        onLine(line);
      }
    };
    const child = spawn(program, args, {
      cwd: directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // In its own process group, because a shell that is killed leaves its children running.
      detached: signal !== undefined,
    });
    const end = () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGTERM'));
    signal?.addEventListener('abort', end, { once: true });
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => resolve({ started: false, status: null, tail: [error.message] }));
    child.on('close', (status) => {
      signal?.removeEventListener('abort', end);
      take('\n');
      resolve({ started: true, status, tail });
    });
  });
}
