/** The machine's log daemon, through /dev/log. */

import type { LogServerOptions } from './log-servers.ts';
import { addon } from './native.ts';

interface NativeSyslog {
  readonly openSyslog: (options: LogServerOptions) => void;
}

/** The daemon may start later, or be restarted. Errors: throws for an invalid address. */
export function openSyslog(options: LogServerOptions): void {
  (addon as NativeSyslog).openSyslog(options);
}
