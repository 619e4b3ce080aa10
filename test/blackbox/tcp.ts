/** The kernel's table of TCP connections: what it has for whom, and who holds it. */

import { readFileSync } from 'node:fs';

/** One end of a connection of 127.0.0.1; both ends are in the table. */
export interface TcpEnd {
  readonly localPort: number;
  readonly remotePort: number;
  readonly established: boolean;
  /** Received, and not yet read by whoever holds this end. */
  readonly unreadBytes: number;
  /** Of its socket; 0 while nobody has accepted it. */
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
