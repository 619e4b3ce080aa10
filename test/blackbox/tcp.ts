/**
 * The kernel's table of TCP connections: the unread data at each end, and which socket holds it.
 */

import { readFileSync } from 'node:fs';

/** One end of a connection on 127.0.0.1; both ends are in the table. */
export interface TcpEnd {
  readonly localPort: number;
  readonly remotePort: number;
  readonly established: boolean;
  /** Received, but not yet read by the holder of this end. */
  readonly unreadBytes: number;
  /** Of its socket; 0 until it is accepted. */
  readonly inode: number;
}

/** See: proc(5), /proc/net/tcp. */
export function tcpEnds(): readonly TcpEnd[] {
  const lines = readFileSync('/proc/net/tcp', 'latin1').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [, local, remote, state, queues, , , , , inode] = line.trim().split(/\s+/);
    return {
      localPort: afterColon(local),
      remotePort: afterColon(remote),
      established: state === '01',
      unreadBytes: afterColon(queues),
      inode: Number(inode),
    };
  });
}

function afterColon(field = ''): number {
  return Number.parseInt(field.slice(field.indexOf(':') + 1), 16);
}
