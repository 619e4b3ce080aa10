/** From the signal to the end of the process, which comes at the drain's deadline. */

import { processEnd } from './native-end.ts';
import type { Server } from './server.ts';
import { reopenLogs, type ServerLog } from './server-log.ts';
import { kEndMs } from './worker-set.ts';

const kNoticesMs = 1000;
/** How long to wait after the core's deadline, at which it closes connections. */
const kReportMs = 150;

export interface SignalParts {
  readonly server: Server;
  readonly drainTimeoutMs: number;
  readonly log: ServerLog;
}

export interface BeforeDrain {
  /** Called at the signal to stop. */
  readonly told: () => void;
  /** How long the server goes on as before. */
  readonly delayMs: number;
}

let beforeDrain: BeforeDrain = { told: () => {}, delayMs: 0 };

/** Sets what happens between the signal to stop and the drain. Call it before `obeySignals`. */
export function setBeforeDrain(before: BeforeDrain): void {
  beforeDrain = before;
}

/**
 * SIGTERM and SIGINT drain the server, a second one ends the process at once, and SIGHUP makes the
 * server reopen its logs. Call it once.
 */
export function obeySignals({ server, drainTimeoutMs, log }: SignalParts): void {
  const { logger } = log;
  const { told, delayMs } = beforeDrain;
  const drain = (): void => {
    processEnd.heardEnd();
    // From now on the signals have their default effect.
    process.off('SIGTERM', drain).off('SIGINT', drain);
    told();
    setTimeout(
      () => {
        if (process.exitCode !== 1) logger.error({ err: stillBusy('the main thread') }, 'cut off');
        process.exit(1);
      },
      delayMs + drainTimeoutMs + 2 * kEndMs,
    ).unref();
    if (delayMs > 0) setTimeout(begin, delayMs);
    else begin();
  };
  const begin = (): void => {
    logger.info('draining');
    server.drain().then((failures) => {
      for (const err of failures) logger.error({ err }, 'cut off');
      if (failures.length > 0) process.exitCode = 1;
      logger.info('drained');
    });
  };
  process.on('SIGTERM', drain).on('SIGINT', drain);
  for (const signal of ['SIGHUP', ...(log.signals ?? [])] as const) {
    process.on(signal, () => reopenLogs(log, () => server.reopenLogs()));
  }
  passOnNotices(log);
  processEnd.guardEnd({
    ...log.lastWords,
    drainTimeoutMs: delayMs + drainTimeoutMs,
    parent: 0,
  });
}

/** Writes notices of native code to the log of this process. */
export function passOnNotices({ logger }: ServerLog): void {
  const tell = (): void => {
    for (const notice of processEnd.takeNotices()) logger.warn(notice);
  };
  setInterval(tell, kNoticesMs).unref();
  process.on('exit', tell);
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
