/** From the signal to the end of the process, which comes at the drain's deadline. */

import { processEnd } from './native-end.ts';
import type { Server } from './server.ts';
import { reopenLogs, type ServerLog } from './server-log.ts';
import { kEndMs } from './worker-set.ts';

/** After the deadline of the core, which closes connections. */
const kReportMs = 150;

export interface SignalParts {
  readonly server: Server;
  readonly drainTimeoutMs: number;
  readonly log: ServerLog;
}

/**
 * SIGTERM and SIGINT drain the server, a second one ends the process at once, and SIGHUP has it go
 * on in new logs. Call it once.
 */
export function obeySignals({ server, drainTimeoutMs, log }: SignalParts): void {
  const { logger } = log;
  const drain = (): void => {
    processEnd.heardEnd();
    // From here on the signals have their default effect.
    process.off('SIGTERM', drain).off('SIGINT', drain);
    logger.info('draining');
    setTimeout(
      () => {
        if (process.exitCode !== 1) logger.error({ err: stillBusy('the main thread') }, 'cut off');
        process.exit(1);
      },
      drainTimeoutMs + 2 * kEndMs,
    ).unref();
    server.drain().then((failures) => {
      for (const err of failures) logger.error({ err }, 'cut off');
      if (failures.length > 0) process.exitCode = 1;
      logger.info('drained');
    });
  };
  process.on('SIGTERM', drain).on('SIGINT', drain);
  process.on('SIGHUP', () => reopenLogs(log, () => server.reopenLogs()));
  processEnd.guardEnd({ ...log.lastWords, drainTimeoutMs, parent: 0 });
}

/** For a worker: calls back if something keeps its event loop alive beyond the deadline. */
export function whenStillBusy(leftMs: number, onStillBusy: (error: Error) => void): void {
  setTimeout(() => onStillBusy(stillBusy('it')), leftMs + kReportMs).unref();
}

function stillBusy(who: string): Error {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const kinds = [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`));
  const busyWith = kinds.length === 0 ? '' : ` with ${kinds.join(', ')}`;
  return new Error(`${who} was still busy${busyWith} at the drain's deadline`);
}
