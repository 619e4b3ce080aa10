/** A log server that gets datagrams over UDP. */

import type { LogServerOptions } from './log-servers.ts';
import { addon } from './native.ts';

interface NativeUdpLog {
  readonly openLogServer: (options: LogServerOptions) => void;
  readonly faultOfLogServer: (address: string) => string | null;
}

const nativeUdp: NativeUdpLog = addon as NativeUdpLog;

/** Blocks while its name is resolved. Errors: throws for an unknown name. */
export function openLogServer(options: LogServerOptions): void {
  nativeUdp.openLogServer(options);
}

/** Why no lines can be sent there (`loghost:514`); null: they can. */
export function faultOfLogServer(address: string): string | null {
  return nativeUdp.faultOfLogServer(address);
}
