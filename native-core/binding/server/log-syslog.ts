/** The machine's log daemon, behind /dev/log. */

import type { LogServerOptions } from './log-servers.ts';
import { addon } from './native.ts';

interface NativeSyslog {
  readonly openSyslog: (options: LogServerOptions) => void;
}

/** It may come later, or be started anew. Errors: throws for what is no address. */
export function openSyslog(options: LogServerOptions): void {
  (addon as NativeSyslog).openSyslog(options);
}
