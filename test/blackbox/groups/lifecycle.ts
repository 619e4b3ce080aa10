/** Signals, draining, and shutdown. */

import { setTimeout } from 'node:timers/promises';
import { hello, match, probe, request } from '../exchange.ts';
import { contents } from '../public-tree.ts';
import type { ResponseReader } from '../response.ts';
import { atRest, whileStopped } from '../rest.ts';
import type { Running } from '../server.ts';
import {
  type Address,
  ask,
  eventually,
  patienceMs,
  refusesConnections,
  sleep,
  type Wire,
  withWire,
} from '../wire.ts';
import { atOnce, type Check, type Group, type World } from '../world.ts';

interface Load {
  /**
   * Resolves once the clients have received five more answers each, on average, or with a failure.
   */
  readonly underWay: () => Promise<unknown>;
  /**
   * Resolves once all clients are waiting for an answer from the stopped server; no client
   * reconnects after that.
   */
  readonly stop: () => Promise<void>;
  /** Resolves with the number of answered requests; rejects when one failed. */
  readonly done: Promise<number>;
}

/**
 * A server that is shutting down waits much longer than this for a request that may be on its way.
 */
const kPromptMs = 100;

/**
 * Clients that send a request, wait for its whole answer, and send the next one. They honour
 * `Connection: close`, and reconnect only until `stop` is called. A request without a complete
 * answer is a failure, unless the client itself had paused, so that the server was just closing the
 * connection as idle.
 */
function load(address: Address, count: number, text: string): Load {
  let ending = false;
  let answered = 0;
  let waiting = 0;
  const conversation = async (wire: Wire): Promise<void> => {
    let sent = performance.now();
    for (let round = 1; wire.fate === 'open'; round += 1) {
      // Counted from the previous request. The server has answered since, so to it the pause was
      // shorter.
      const pause = performance.now() - sent;
      sent += pause;
      wire.write(text);
      waiting += 1;
      const { answers, rest } = await endOrAnswer(wire, round);
      waiting -= 1;
      if (answers.length < round && ending && pause > kPromptMs && rest.length === 0) return;
      const answer = (await wire.answers(round))[round - 1];
      match(answer, { status: 200 });
      answered += 1;
      if (answer?.headers.get('connection')?.toLowerCase() === 'close') return;
    }
  };
  const client = async (): Promise<void> => {
    while (!ending) await withWire(address, [], conversation);
  };
  const done = Promise.all(Array.from({ length: count }, client)).then(() => answered);
  const orFailure = (what: string, condition: () => boolean): Promise<unknown> =>
    Promise.race([eventually(what, () => condition() || undefined), done]);
  return {
    underWay: () => {
      const wanted = answered + 5 * count;
      return orFailure('a load', () => answered >= wanted);
    },
    stop: async () => {
      await orFailure('clients that wait', () => waiting === count);
      ending = true;
    },
    done,
  };
}

/**
 * The server gets the signal while every client is waiting for an answer, however much of it has
 * arrived.
 */
async function endUnderLoad(
  server: Running,
  traffic: Load,
  signal: NodeJS.Signals,
): Promise<number> {
  await traffic.underWay();
  await whileStopped(server.pid, async () => {
    await traffic.stop();
    server.signal(signal);
  });
  const answered = await traffic.done;
  await exitsWith(server, 0);
  return answered;
}

async function endOrAnswer(wire: Wire, count: number): Promise<ResponseReader> {
  const { answers } = wire.reader;
  await wire.until('an answer or the end', () => answers.length >= count || wire.fate !== 'open');
  return wire.reader;
}

/** Ensures that only the last answer ends a drain, however long the clients take. */
const kNoHurry = ['--drain-timeout-ms', '600000'];

/**
 * Load from `clients`, then a signal; every request must be answered, and the exit code must be 0.
 */
function drained(name: string, signal: NodeJS.Signals, text: string, clients: number): Check {
  return {
    name,
    run: async (world) => {
      const server = await world.launch(['--root', world.root, ...kNoHurry]);
      const count = atOnce(world, clients);
      const traffic = load(server.address, count, text);
      const answered = await endUnderLoad(server, traffic, signal);
      if (answered < count) throw new Error(`only ${answered} answers`);
    },
  };
}

const close = request('GET /plaintext', ['Connection: close']);

const checks: readonly Check[] = [
  drained('SIGTERM under keep-alive load fails no request', 'SIGTERM', probe, 32),
  drained('SIGTERM under file load fails no request', 'SIGTERM', request('GET /large.bin'), 4),
  drained('SIGTERM under a load of new connections fails no request', 'SIGTERM', close, 16),
  { ...drained('SIGINT drains too', 'SIGINT', probe, 8), sampled: true },
  {
    name: 'SIGTERM lets a running transfer end, and takes no new connection',
    run: async (world) => {
      const server = await world.launch(['--root', world.root, ...kNoHurry]);
      await withWire(server.address, [], async (wire) => {
        wire.pause();
        wire.write(request('GET /large.bin'));
        await atRest(server.pid);
        server.signal('SIGTERM');
        await refusesConnections(server.address);
        wire.resume();
        match((await wire.answers(1))[0], { status: 200, body: contents('large.bin') });
        await wire.ended();
      });
      await exitsWith(server, 0);
    },
  },
  {
    name: 'SIGTERM lets a half-sent request end',
    run: async (world) => {
      const server = await world.launch(kNoHurry);
      await withWire(server.address, ['POST'], async (wire) => {
        wire.write(`${request('POST /echo', ['Content-Length: 6'])}abc`);
        await atRest(server.pid);
        server.signal('SIGTERM');
        await refusesConnections(server.address);
        // A worker asleep in recv notices the signal half a second later, if the machine isn't too
        // busy.
        if (world.blocks) await sleep(2000);
        wire.write('def');
        const [answer] = await wire.answers(1);
        match(answer, { status: 200, headers: { connection: /^close$/i }, body: 'abcdef' });
        await wire.ended();
      });
      await exitsWith(server, 0);
    },
  },
  {
    name: 'a drain that takes too long is cut by --drain-timeout-ms',
    run: async (world) => {
      const server = await world.launch(['--drain-timeout-ms', '300']);
      await withWire(server.address, ['POST'], async (wire) => {
        wire.write(`${request('POST /echo', ['Content-Length: 6'])}abc`);
        await atRest(server.pid);
        server.signal('SIGTERM');
        await wire.ended();
        await server.exited;
        // If a busy machine delays workers beyond their grace period, they are cut off, and this is
        // reported.
        if (server.output().includes('cut off')) server.mayEndWith(1);
      });
    },
  },
  {
    name: 'an idle keep-alive connection does not hold up SIGTERM',
    run: async (world) => {
      const server = await world.launch(kNoHurry);
      await withWire(server.address, [], async (wire) => {
        wire.write(probe);
        await wire.answers(1);
        server.signal('SIGTERM');
        if ((await wire.ended()) !== 'closed') throw new Error('reset instead of a FIN');
        await exitsWith(server, 0);
      });
    },
  },
  {
    name: 'a second SIGTERM ends at once, workers included',
    run: async (world) => {
      const server = await world.launch(kNoHurry);
      await withWire(server.address, ['POST'], async (wire) => {
        wire.write(`${request('POST /echo', ['Content-Length: 6'])}abc`);
        await atRest(server.pid);
        server.signal('SIGTERM');
        await refusesConnections(server.address);
        server.signal('SIGTERM');
        // A worker that continues keeps the server's output open.
        const late = setTimeout(patienceMs, 'late', { ref: false });
        if ((await Promise.race([server.exited, late])) === 'late') {
          throw new Error('a part of it goes on');
        }
      });
    },
  },
  { ...survives('SIGHUP', ['SIGHUP']), sampled: true },
  { ...survives('SIGPIPE', ['SIGPIPE']), sampled: true },
  survives('SIGSTOP and SIGCONT', ['SIGSTOP', 'SIGCONT']),
  {
    name: '500 signals under load lose nothing',
    run: async (world) => {
      const server = await world.launch(kNoHurry);
      const traffic = load(server.address, atOnce(world, 8), probe);
      await traffic.underWay();
      for (let count = 0; count < 500; count += 1) {
        server.signal('SIGHUP');
        if (count % 10 === 0) await sleep(1);
      }
      await endUnderLoad(server, traffic, 'SIGTERM');
    },
  },
  {
    name: 'a second server on the same port says so and fails',
    run: async (world) => {
      const server = await world.launch([]);
      if (!('port' in server.address)) throw new Error('no port');
      const listen = `127.0.0.1:${server.address.port}`;
      const second = await world.execute(['--listen', listen]);
      if (second.code === 0 || second.code === null) throw new Error(`exit ${second.code}`);
      if (!/in use|EADDRINUSE/i.test(second.stderr + second.stdout)) throw new Error(second.stderr);
      match(await ask(server.address, probe), hello);
      await server.stop();
    },
  },
  {
    name: 'a restart on the same port works at once, in spite of TIME_WAIT',
    run: async (world) => {
      // On an address of its own, because other processes take ports on the usual address all the
      // time.
      const first = await world.launch([], { listen: '127.0.0.2:0' });
      for (let count = 0; count < 20; count += 1) match(await ask(first.address, close), hello);
      await first.stop();
      if (!('port' in first.address)) throw new Error('no port');
      const second = await world.launch([], { listen: `127.0.0.2:${first.address.port}` });
      match(await ask(second.address, probe), hello);
      await second.stop();
    },
  },
];

/** Signals in the middle of a load; nothing may fail, and the server must continue to serve. */
function survives(name: string, signals: readonly NodeJS.Signals[]): Check {
  return {
    name: `${name} under load changes nothing for clients`,
    connections: 2,
    run: async (world: World) => {
      const server = await world.launch(kNoHurry);
      const traffic = load(server.address, atOnce(world, 9) - 1, probe);
      await traffic.underWay();
      for (const signal of signals) {
        server.signal(signal);
        await sleep(100);
      }
      match(await ask(server.address, probe), hello);
      await endUnderLoad(server, traffic, 'SIGTERM');
    },
  };
}

async function exitsWith(server: Running, wanted: number): Promise<void> {
  const code = await server.exited;
  if (code !== wanted) throw new Error(`exit ${code}, not ${wanted}:\n${server.output()}`);
}

/** Waits until the listener is closed. */
export const lifecycle: Group = { name: 'lifecycle', ownServers: true, serial: false, checks };
