/** The program's own log, as its server uses it. */

import type { LastWords } from './native-end.ts';

export interface ServerLog {
  /** As of pino. */
  readonly logger: {
    readonly info: (text: string) => void;
    readonly warn: (text: string) => void;
    readonly error: (what: { readonly err: unknown }, text: string) => void;
  };
  /** Goes on in a new file, after the present one was renamed. Errors: throws those of open(2). */
  readonly reopen: () => void;
  /** Which signals have it do that, beside SIGHUP. */
  readonly signals?: readonly NodeJS.Signals[];
  /** What the log is told where JavaScript does not come back from a handler. */
  readonly lastWords: LastWords;
}

/** Goes on in new files; where one cannot be opened, the present one stays in use. */
export function reopenLogs(log: ServerLog, reopenAccessLog: () => void): void {
  for (const reopen of [log.reopen, reopenAccessLog]) {
    try {
      reopen();
    } catch (err) {
      log.logger.error({ err }, 'a log cannot be opened anew: the present file stays in use');
    }
  }
}
