/**
 * tsx good-client.ts PORT [keeps]: a well-behaved client, until SIGTERM. It sends 200 requests a
 * second over one persistent connection and, without `keeps`, every twentieth over a new one; then
 * it prints a `GoodDay`.
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../../src/load/statistics.ts';
import type { GoodDay } from './good-day.ts';

const kPauseMs = 5;
const kPatienceMs = 20_000;
const kNewOneEach = 20;
const kRequest = 'GET /plaintext HTTP/1.1\r\nHost: good\r\n\r\n';
const kEnd = 'Hello, World!';

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect', { signal: AbortSignal.timeout(kPatienceMs) });
  return socket;
}

/** Sends one request. Errors: the answer is late, incomplete or not a 200. */
async function ask(socket: Socket): Promise<void> {
  let answer = '';
  socket.write(kRequest);
  while (!answer.endsWith(kEnd)) {
    const [chunk] = await once(socket, 'data', { signal: AbortSignal.timeout(kPatienceMs) });
    answer += String(chunk);
  }
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(answer);
}

async function askAnew(port: number): Promise<void> {
  const socket = await connected(port);
  await ask(socket);
  socket.destroy();
}

async function main(port: number, keeps: boolean): Promise<void> {
  let over = false;
  process.on('SIGTERM', () => {
    over = true;
  });
  const times: number[] = [];
  let lost = 0;
  let kept = await connected(port);
  for (let turn = 1; !over; turn += 1) {
    const begun = performance.now();
    try {
      await (!keeps && turn % kNewOneEach === 0 ? askAnew(port) : ask(kept));
      times.push(performance.now() - begun);
    } catch {
      lost += 1;
      kept.destroy();
      kept = await connected(port);
    }
    await sleep(kPauseMs);
  }
  const day: GoodDay = { asked: times.length + lost, lost, p99Ms: percentile(times, 99) };
  process.stdout.write(`${JSON.stringify(day)}\n`);
  process.exit(0);
}

await main(Number(process.argv[2]), process.argv[3] === 'keeps');
