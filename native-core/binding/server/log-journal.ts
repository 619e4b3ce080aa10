/** journald, through its own socket. */

import type { LogServerOptions } from './log-servers.ts';
import { addon } from './native.ts';

interface NativeJournal {
  readonly openJournal: (options: LogServerOptions) => void;
}

/** journald may start later, or be restarted. Errors: throws for an invalid address. */
export function openJournal(options: LogServerOptions): void {
  (addon as NativeJournal).openJournal(options);
}
