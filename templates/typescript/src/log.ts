import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export interface Log {
  readonly logger: Logger;
  /** Goes on in a new file, after the present one was renamed. */
  readonly reopen: () => void;
}

/**
 * The server's own log, as JSON lines. They are few, so each is written at once: nothing is lost if
 * the process ends. The many lines of the access log are written by the native core instead.
 */
export function openLog({ log, logLevel }: Config): Log {
  const destination = pino.destination({ dest: log === 'stderr' ? 2 : log, mkdir: true });
  const level = logLevel === 'off' ? 'silent' : logLevel;
  return {
    logger: pino({ level }, destination),
    reopen: () => {
      if (log !== 'stderr') destination.reopen();
    },
  };
}
