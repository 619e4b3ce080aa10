/** The program's own log, as used by its server. */

import type { LastWords } from './native-end.ts';

export interface ServerLog {
  /** As in pino. */
  readonly logger: {
    readonly info: (text: string) => void;
    readonly warn: (text: string) => void;
    readonly error: (what: { readonly err: unknown }, text: string) => void;
  };
  /** Continues in a new file after the current one was renamed. Errors: throws those of open(2). */
  readonly reopen: () => void;
  /** The signals, besides SIGHUP, at which to reopen the logs. */
  readonly signals?: readonly NodeJS.Signals[];
  /** The log's last line if JavaScript doesn't return from a handler. */
  readonly lastWords: LastWords;
}

/** Continues in new files; if one can't be opened, the current one stays in use. */
export function reopenLogs(log: ServerLog, reopenAccessLog: () => void): void {
  for (const reopen of [log.reopen, reopenAccessLog]) {
    try {
      reopen();
    } catch (err) {
      log.logger.error({ err }, 'a log cannot be reopened: the current file stays in use');
    }
  }
}
