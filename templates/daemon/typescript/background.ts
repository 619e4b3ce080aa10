/** Into the background, and the word to whoever started the server. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface NativeLaunch {
  /** Goes on with what the launcher has detached; `fd` leads to the starter. */
  readonly resumeLaunch: (fd: number) => void;
  /** The standard streams become /dev/null, and the starter ends with 0. */
  readonly tellStarter: () => void;
  readonly giveUpStreams: () => void;
}

const native: NativeLaunch = addon as NativeLaunch;

/** The descriptor by which the starter is told; not there where nobody waits. */
const kReadyFd = 'HPSERVER_READY_FD';
const kFd = 3;
const kLauncher: string = fileURLToPath(new URL('../../build/Release/launcher', import.meta.url));

/**
 * Has a process in the background do everything from here on, where the configuration says so:
 * this one ends with 0 once that one serves, or else with 1. Both share the standard streams until
 * then, so that what goes wrong is read where the server was started. Nothing forks once V8 has
 * started: a native program does, and starts Node anew with the same arguments.
 * Errors: rejects where that program cannot be started.
 */
export async function detach({ daemon }: Config): Promise<void> {
  if (!daemon) return;
  const fd = process.env[kReadyFd];
  if (fd === undefined) process.exit(await launched());
  // No process that this one starts may take it for its own.
  delete process.env[kReadyFd];
  native.resumeLaunch(Number(fd));
}

/** The starter need not wait any more. Ends the process where the streams can't be given up. */
export function tellStarter({ daemon }: Config): void {
  if (!daemon) return;
  try {
    native.tellStarter();
  } catch (error) {
    process.stderr.write(`cannot go into the background: ${(error as Error).message}\n`);
    process.exit(1);
  }
}

/** A worker process has the starter's streams from its parent; it keeps them until it serves. */
export function giveUpStreams({ daemon }: Config): void {
  if (daemon) native.giveUpStreams();
}

/** What the starter ends with. Errors: rejects where there is no launcher. */
async function launched(): Promise<number> {
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(kLauncher, again, {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, [kReadyFd]: String(kFd) },
  });
  const pipe = child.stdio[kFd];
  if (pipe == null || !('read' in pipe)) throw new Error(`${kLauncher} cannot be waited for`);
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`${(error as Error).message}: make it by npm run build`);
  });
  const told = once(pipe, 'data').then(() => 0);
  const ended = once(pipe, 'end').then(() => 1);
  return await Promise.race([told, ended, failed]);
}
