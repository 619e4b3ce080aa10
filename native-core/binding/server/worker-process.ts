/** A worker process, as WorkerSet starts it, and what it is given. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { NativeInheritance } from './native-processes.ts';
import type { StartedWorker, WorkerOrder } from './worker-set.ts';

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
  return {
    // Whoever has just ended hears nothing.
    tell: (order) => child.send(order, () => {}),
    onServing: (listener) => child.once('message', listener),
    onEnd: (listener) => {
      child.once('exit', (code, signal) => {
        const cause = signal === null ? `with code ${code}` : `by ${signal}`;
        listener(new Error(`worker process ${index} (${child.pid}) has ended ${cause}`));
      });
      child.once('error', listener);
    },
    end: () => kill(child),
  };
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
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
 * Tells the parent that this process serves, and hears its orders until `end` is called. A parent
 * that is gone has us drain; one that goes while we drain was told to end at once.
 */
export function obey(onOrder: (order: WorkerOrder, end: () => void) => void): void {
  let draining = false;
  const onOrphaned = (): void => {
    if (draining) process.exit(1);
    drain();
  };
  const drain = (): void => {
    if (draining) return;
    draining = true;
    onOrder('drain', () => {
      process.off('disconnect', onOrphaned);
      if (process.connected) process.disconnect();
    });
  };
  // A terminal, or whoever ends a whole group, means us as well.
  process.on('SIGTERM', drain).on('SIGINT', drain).on('disconnect', onOrphaned);
  // The parent tells when its logs are renamed.
  process.on('SIGHUP', () => {});
  process.on('message', (order: WorkerOrder) => {
    if (order === 'drain') drain();
    else onOrder(order, () => {});
  });
  process.send?.('serving');
}
