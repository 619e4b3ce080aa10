import { hostname } from 'node:os';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { LogFile } from './server/log-file.ts';
import { processEnd } from './server/native-end.ts';
import type { ServerLog } from './server/server-log.ts';

export interface Log extends ServerLog {
  readonly logger: Logger;
}

/** The level of a line that is not pino's. */
const kLevels = { warn: 40, fatal: 60 };

/**
 * The server log, as JSON lines. They are few, so each is written at once: nothing is lost if the
 * process ends. The native core writes the many lines of the access log.
 */
export function openLog({ log, logLevel }: Config): Log {
  const path = log === 'stderr' ? null : log;
  const file = new LogFile({
    path,
    onLost: processEnd.noteLostLines,
    lossLine: (lostCount, code) => {
      const { beforeTime, afterTime } = halves('warn', `${lostCount} lines lost: ${code}`);
      return beforeTime + Date.now() + afterTime;
    },
  });
  const level = logLevel === 'off' ? 'silent' : logLevel;
  return {
    logger: pino({ level }, file),
    reopen: () => file.reopen(),
    lastWords: {
      log: path ?? '',
      ...halves('fatal', "cut off at the drain's deadline: a handler has not returned"),
    },
  };
}

/** A line, before and after its time. */
function halves(level: keyof typeof kLevels, msg: string) {
  const rest = JSON.stringify({ pid: process.pid, hostname: hostname(), msg });
  return {
    beforeTime: `{"level":${kLevels[level]},"time":`,
    afterTime: `,${rest.slice(1)}\n`,
  };
}
