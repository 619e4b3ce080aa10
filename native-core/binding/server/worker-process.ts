/** A worker process, as WorkerSet starts it, and what it is given. */

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

/** What a worker is started with: plain values, since it gets them as a text. */
export interface ProcessStart<Config> {
  readonly inheritance: NativeInheritance;
  readonly config: Config;
}

/** Standard streams, and Node's own channel, come before what a child inherits. */
const kFirstDescriptor = 4;

/** Runs `module`, which calls `serveAsWorker`, with our descriptors for the inheritance's. */
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
      // Whoever has just ended hears nothing.
      child.send(order, () => {});
      if (order === 'reopen-logs' || 'changes' in order) return;
      isToEnd = true;
      // Its guard hears this although its JavaScript may not come back from a handler.
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
        const cause = signal === null ? `with code ${code}` : `by ${signal}`;
        // Our signal finds nobody who handles it before a worker serves, or when it is nearly gone.
        const clean = code === 0 || (isToEnd && signal === 'SIGTERM');
        end(new Error(`${name} has ended ${cause}`), clean);
      });
      // It could not even be started.
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

/** What the parent has given to this process; it is of the type that the parent gave. */
export function processStart<Config>(): ProcessStart<Config> {
  const [text = ''] = process.argv.slice(2);
  return JSON.parse(text);
}

/** As `processStart`: the configuration alone. */
export function workerConfig<Config>(): Config {
  return processStart<Config>().config;
}

/**
 * Tells the parent that this process serves, and does what that one says until its own end. A
 * parent that is gone has us drain; one that goes while we drain was told to end at once.
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
    // It may still be told what keeps us, and must not keep us itself.
    void drain().then(() => process.channel?.unref());
  };
  const beginAtOnce = (): void => begin(drainTimeoutMs);
  // A terminal, or whoever ends a whole group, means us as well.
  process.on('SIGTERM', beginAtOnce).on('SIGINT', beginAtOnce);
  process.on('disconnect', () => {
    if (draining) process.exit(1);
    beginAtOnce();
  });
  // The parent tells when its logs are renamed.
  process.on('SIGHUP', () => {});
  process.on('message', (order: WorkerOrder) => {
    if (order === 'reopen-logs') reopenLogs();
    else if ('changes' in order) onChanges?.(order.changes);
    else begin(order.drainWithinMs);
  });
  processEnd.guardEnd({
    ...{ log: '', beforeTime: '', afterTime: ` worker process ${process.pid}: cut off\n` },
    // While it is there, the parent ends us before, and says so.
    ...{ drainTimeoutMs: drainTimeoutMs + 2 * kEndMs, parent: process.ppid },
  });
  tell('serving');
}
