/** A server whose connections are served by child processes. */

import { type ProcessStatistics, processes } from './native-processes.ts';
import { memoryOf, nativeLimit, type ServerOptions } from './options.ts';
import { type Server, type Starting, urlOf } from './server.ts';
import { startProcess } from './worker-process.ts';
import { type StartedWorker, WorkerSet } from './worker-set.ts';

export interface ProcessServerParts<Config extends ServerOptions> extends Starting {
  /** The module that each process runs. */
  readonly worker: URL;
  readonly size: number;
  /** Passed to each process as JSON. */
  readonly config: Config;
  readonly onWorkerFailure: (error: unknown) => void;
}

export interface ProcessServer extends Server {
  /** How many connections each process has open and has accepted, from memory that they share. */
  readonly statistics: () => readonly ProcessStatistics[];
}

/**
 * Serves by processes that accept themselves (sharded), or get the connections accepted here.
 * Errors: rejects with those of listening and of the first process.
 */
export async function serveByProcesses<Config extends ServerOptions>(
  parts: ProcessServerParts<Config>,
  sharded: boolean,
): Promise<ProcessServer> {
  const { worker, size, config, onWorkerFailure, onListening } = parts;
  const maxConnections = nativeLimit(config.maxConnections);
  const maxBufferedBytes = memoryOf(config.maxBufferedBytes, size);
  const parent = new processes.Parent({ ...config, maxConnections, processes: size, sharded });
  const start = (index: number): StartedWorker => {
    const descriptors = parent.descriptors(index);
    const { addresses } = parent;
    const inheritance = { index, processes: size, sharded, descriptors, addresses };
    const started = startProcess(worker, {
      inheritance,
      config: { ...config, maxBufferedBytes },
    });
    parent.started(index);
    started.onNews((news) => {
      if (news === 'serving') parent.serves(index);
    });
    started.onEnd(() => parent.ended(index));
    return started;
  };
  try {
    onListening?.();
    const workers = await WorkerSet.start({ size, start, onFailure: onWorkerFailure });
    parent.accept();
    return {
      urls: parent.addresses.map(urlOf),
      warnings: parent.warnings,
      statistics: () => parent.statistics(),
      drain: () => {
        // The backlog is passed on: processes check for connections once more before they drain.
        parent.close();
        return workers.drain(config.drainTimeoutMs);
      },
      reopenLogs: () => workers.tell('reopen-logs'),
      change: (changes) => workers.change(changes),
    };
  } catch (error) {
    parent.close();
    throw error;
  }
}
