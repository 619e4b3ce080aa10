/** journald, behind its own socket. */

import type { LogServerOptions } from './log-servers.ts';
import { addon } from './native.ts';

interface NativeJournal {
  readonly openJournal: (options: LogServerOptions) => void;
}

/** It may come later, or be started anew. Errors: throws for what is no address. */
export function openJournal(options: LogServerOptions): void {
  (addon as NativeJournal).openJournal(options);
}
