/** Loads that don't depend on the machine: it doesn't matter whether client or server is faster. */

import { hello, match, probe, request } from '../blackbox/exchange.ts';
import { whileStopped } from '../blackbox/rest.ts';
import type { Running } from '../blackbox/server.ts';
import { tcpEnds } from '../blackbox/tcp.ts';
import { eventually, Wire, withWire } from '../blackbox/wire.ts';

export interface Rounds {
  readonly clients: number;
  /** The number of requests per client. */
  readonly count: number;
}

/**
 * In each round every client sends one request while the server is stopped, so the server finds all
 * of them when it continues. Resolves with the number of answered requests. Errors: one has failed.
 */
export async function askInRounds(server: Running, { clients, count }: Rounds): Promise<number> {
  const wires = await Promise.all(Array.from({ length: clients }, () => Wire.open(server.address)));
  for (let round = 1; round <= count; round += 1) {
    await askAtOnce(server, wires);
    for (const wire of wires) match((await wire.answers(round))[round - 1], hello);
  }
  for (const wire of wires) wire.destroy();
  return clients * count;
}

/**
 * Each client sends its next request once it has the answer to the previous one. Resolves with the
 * number of answered requests. Errors: one has failed.
 */
export async function askOnAndOn(server: Running, { clients, count }: Rounds): Promise<number> {
  const client = (): Promise<void> =>
    withWire(server.address, [], async (wire) => {
      for (let round = 1; round <= count; round += 1) {
        wire.write(probe);
        match((await wire.answers(round))[round - 1], hello);
      }
    });
  await Promise.all(Array.from({ length: clients }, client));
  return clients * count;
}

/**
 * Each client sends every request on a new connection, one after the other. Resolves with the
 * number of answered requests. Errors: one has failed.
 */
export async function askAnew(server: Running, { clients, count }: Rounds): Promise<number> {
  const last = request('GET /plaintext', ['Connection: close']);
  const client = async (): Promise<void> => {
    for (let round = 1; round <= count; round += 1) {
      await withWire(server.address, [], async (wire) => {
        wire.write(last);
        match((await wire.answers(1))[0], hello);
        await wire.ended();
      });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return clients * count;
}

/** Each connection sends a request to the stopped server, which continues when all have arrived. */
export async function askAtOnce(server: Running, wires: readonly Wire[]): Promise<void> {
  if (!('port' in server.address)) throw new Error('no port');
  const { port } = server.address;
  await whileStopped(server.pid, async () => {
    for (const wire of wires) wire.write(probe);
    const all = wires.length * probe.length;
    await eventually('all requests before it', () => unreadBytes(port) === all || undefined);
  });
}

/** What the kernel has received for the connections of a local port. */
function unreadBytes(port: number): number {
  return tcpEnds()
    .filter(({ localPort, established }) => localPort === port && established)
    .reduce((sum, { unreadBytes }) => sum + unreadBytes, 0);
}
