/** A worker process, as started by WorkerSet, and what it is given. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { whenStillBusy } from './ending.ts';
import { processEnd } from './native-end.ts';
import type { NativeInheritance } from './native-processes.ts';
import {
  kEndMs,
  type StartedWorker,
  type WorkerDuties,
  type WorkerNews,
  type WorkerOrder,
} from './worker-set.ts';

/** What a worker is started with: plain values, since it is passed as text. */
export interface ProcessStart<Config> {
  readonly inheritance: NativeInheritance;
  readonly config: Config;
}

/** The standard streams and Node's own channel precede what a child inherits. */
const kFirstDescriptor = 4;

/**
 * Runs `module`, which calls `serveAsWorker`, with our descriptors for those of the inheritance.
 */
export function startProcess<Config>(
  module: URL,
  { inheritance, config }: ProcessStart<Config>,
): StartedWorker {
  const { descriptors, index } = inheritance;
  const own = descriptors.map((_, position) => kFirstDescriptor + position);
  const start: ProcessStart<Config> = {
    inheritance: { ...inheritance, descriptors: own },
    config,
  };
  const child = fork(fileURLToPath(module), [JSON.stringify(start)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc', ...descriptors],
  });
  const name = `worker process ${index} (${child.pid})`;
  let isToEnd = false;
  return {
    name,
    tell: (order) => {
      // A worker that has just exited doesn't receive it.
      child.send(order, () => {});
      if (order === 'reopen-logs' || 'changes' in order) return;
      isToEnd = true;
      // The worker's guard gets this even if its JavaScript doesn't return from a handler.
      child.kill('SIGTERM');
    },
    onNews: (listener) => child.on('message', listener),
    onEnd: (listener) => {
      let ended = false;
      const end = (error: Error, clean: boolean): void => {
        if (!ended) listener(error, clean);
        ended = true;
      };
      child.once('exit', (code, signal) => {
        const cause = signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
        // Our signal isn't handled before a worker serves, or when it has almost exited.
        const clean = code === 0 || (isToEnd && signal === 'SIGTERM');
        end(new Error(`${name} ${cause}`), clean);
      });
      // The process couldn't even be started.
      child.on('error', (error) => {
        if (child.pid === undefined) end(error, false);
      });
    },
    end: () => kill(child),
  };
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || child.pid === undefined) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** What the parent has passed to this process; the type is the parent's. */
export function processStart<Config>(): ProcessStart<Config> {
  const [text = ''] = process.argv.slice(2);
  return JSON.parse(text);
}

/** Like `processStart`, but only the configuration. */
export function workerConfig<Config>(): Config {
  return processStart<Config>().config;
}

/**
 * Tells the parent that this process serves, and obeys its orders until the end. If the parent
 * exits, this process drains; if that happens during a drain, it exits at once.
 */
export function obey(duties: WorkerDuties, drainTimeoutMs: number): void {
  const { drain, reopenLogs, onChanges } = duties;
  let draining = false;
  const tell = (news: WorkerNews, then = (): void => {}): void => {
    if (process.connected) process.send?.(news, then);
    else then();
  };
  const begin = (withinMs: number): void => {
    if (draining) return;
    draining = true;
    processEnd.heardEnd();
    whenStillBusy(withinMs, ({ message }) => {
      tell({ stillBusy: message }, () => process.exit(1));
    });
    // The parent may still ask what keeps this process alive, but the channel must not do so.
    void drain().then(() => process.channel?.unref());
  };
  const beginAtOnce = (): void => begin(drainTimeoutMs);
  // A signal from a terminal, or to the whole process group, also means this process.
  process.on('SIGTERM', beginAtOnce).on('SIGINT', beginAtOnce);
  process.on('disconnect', () => {
    if (draining) process.exit(1);
    beginAtOnce();
  });
  // The parent tells us when its logs are renamed.
  process.on('SIGHUP', () => {});
  process.on('message', (order: WorkerOrder) => {
    if (order === 'reopen-logs') reopenLogs();
    else if ('changes' in order) onChanges?.(order.changes);
    else begin(order.drainWithinMs);
  });
  processEnd.guardEnd({
    ...{ log: '', beforeTime: '', afterTime: ` worker process ${process.pid}: cut off\n` },
    // As long as the parent exists, it ends this process before then, and reports that.
    ...{ drainTimeoutMs: drainTimeoutMs + 2 * kEndMs, parent: process.ppid },
  });
  tell('serving');
}
