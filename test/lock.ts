/** What only one process on this machine may do at a time, such as building into a folder. */

import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `action` once no other process has the lock of this name. The lock is an abstract UNIX
 * address: it disappears with its process, however that dies. See: unix(7).
 */
export async function alone<T>(name: string, action: () => Promise<T>): Promise<T> {
  let lock = await taken(name);
  for (; lock === null; lock = await taken(name)) await sleep(50);
  try {
    return await action();
  } finally {
    lock.close();
  }
}

/** Null while another process has it. */
function taken(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const lock = createServer();
    lock.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    // An address has room for 107 bytes; the name may be a path.
    const hash = createHash('sha256').update(name).digest('hex');
    lock.listen(`\0hpserver-tests ${hash}`, () => resolve(lock));
  });
}
