/**
 * node idle-clients.ts URL COUNT: opens COUNT keep-alive connections from several loopback
 * addresses (each has 28,000 ports), sends one request on each, prints `open COUNT`, and keeps
 * them.
 */

import { connect } from 'node:net';

const url = new URL(process.argv[2] ?? '');
const count = Number(process.argv[3]);
const request = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`;
const perAddress = 4000;

/** True once the first answer has arrived; false if none arrives in time. */
function open(index: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port),
      localAddress: `127.0.0.${2 + Math.floor(index / perAddress)}`,
    });
    socket.once('data', () => resolve(true));
    socket.once('connect', () => socket.write(request));
    // A connection without an answer by then doesn't count. Resolving twice has no effect.
    setTimeout(() => resolve(false), 10_000).unref();
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

let next = 0;
let opened = 0;
async function worker(): Promise<void> {
  while (next < count) {
    const index = next;
    next += 1;
    if (await open(index)) opened += 1;
  }
}
await Promise.all(Array.from({ length: 100 }, worker));
console.log(`open ${opened}`);
