/**
 * A sign of life that the kernel removes when its process dies: a socket in the state folder. It
 * answers across container namespaces, where process ids mean nothing. unix(7).
 */

import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { errorCode } from '../disk-error.ts';

export interface Beacon {
  /** The socket's name in the folder. */
  readonly name: string;
  /** Idempotent. */
  readonly close: () => Promise<void>;
}

/** Null if the file system has no sockets, or the folder may not be read. */
export async function lightBeacon(folder: string): Promise<Beacon | null> {
  const name = `lock-${randomUUID().slice(0, 8)}`;
  const handle = await open(folder).catch(() => null);
  if (handle === null) return null;
  const server = createServer((socket) => socket.destroy()).unref();
  const close = async () => {
    await new Promise((resolve) => server.close(resolve));
    await unlink(join(folder, name)).catch(() => {});
    await handle.close();
  };
  return new Promise((resolve) => {
    server.once('error', () => close().then(() => resolve(null)));
    // Another user's run must be able to connect, which requires write permission.
    const options = { path: pathOf(handle, name), writableAll: true, readableAll: true };
    server.listen(options, () => resolve({ name, close }));
  });
}

/** Null if that can't be determined. In a missing folder, no beacon is lit. */
export async function isLit(folder: string, name: string): Promise<boolean | null> {
  const handle = await open(folder).catch(() => null);
  if (handle === null) return false;
  try {
    return await new Promise((resolve) => {
      const socket = connect(pathOf(handle, name));
      socket.once('error', (error) => resolve(answerOf(error)));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
  } finally {
    await handle.close();
  }
}

/** EAGAIN: the socket's queue is full, so its process is alive. */
function answerOf(error: Error): boolean | null {
  const code = errorCode(error);
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return false;
  return code === 'EAGAIN' ? true : null;
}

/** A socket address has at most 107 bytes, and a project may be deeply nested: unix(7). */
function pathOf({ fd }: FileHandle, name: string): string {
  return `/proc/self/fd/${fd}/${name}`;
}
