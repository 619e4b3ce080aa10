/** Signals, draining, and the end of a server's life. */

import { hello, match, probe, request } from '../exchange.ts';
import { contents } from '../public-tree.ts';
import type { Running } from '../server.ts';
import { type Address, ask, patienceMs, sleep, Wire, withWire } from '../wire.ts';
import { atOnce, type Check, type Group, type World } from '../world.ts';

interface Load {
  readonly stop: () => void;
  /** Resolves with the number of answered requests; rejects when one failed. */
  readonly done: Promise<number>;
}

/**
 * Closed-loop clients: each sends, waits for the whole answer, sends again. They honour
 * `Connection: close`, and reconnect only until `stop` is called. A request that was sent and not
 * answered in full is a failure.
 */
function load(address: Address, count: number, text: string): Load {
  let connecting = true;
  let answered = 0;
  const conversation = async (wire: Wire): Promise<void> => {
    for (let round = 1; wire.fate === 'open'; round += 1) {
      wire.write(text);
      const answer = (await wire.answers(round))[round - 1];
      match(answer, { status: 200 });
      answered += 1;
      if (answer?.headers.get('connection')?.toLowerCase() === 'close') return;
      if (!connecting && round % 64 === 0) await sleep(0);
    }
  };
  const client = async (): Promise<void> => {
    while (connecting) {
      const wire = await Wire.open(address);
      try {
        await conversation(wire);
      } finally {
        wire.destroy();
      }
    }
  };
  const stop = (): void => {
    connecting = false;
  };
  const clients = Promise.all(Array.from({ length: count }, client));
  return { stop, done: clients.then(() => answered) };
}

/** Load from `clients`, then a signal; every request must have been answered, the exit code 0. */
function drained(name: string, signal: NodeJS.Signals, text: string, clients: number): Check {
  return {
    name,
    run: async (world) => {
      const server = await world.launch(['--root', world.root]);
      const count = atOnce(world, clients);
      const traffic = load(server.address, count, text);
      await Promise.race([sleep(300), traffic.done]);
      traffic.stop();
      server.signal(signal);
      const [answered, code] = await Promise.all([traffic.done, server.exited]);
      if (code !== 0) throw new Error(`exit ${code}:\n${server.output()}`);
      if (answered < count) throw new Error(`only ${answered} answers`);
    },
  };
}

const close = request('GET /plaintext', ['Connection: close']);

const checks: readonly Check[] = [
  drained('SIGTERM under keep-alive load fails no request', 'SIGTERM', probe, 32),
  drained('SIGTERM under file load fails no request', 'SIGTERM', request('GET /medium.bin'), 16),
  drained('SIGTERM under a load of new connections fails no request', 'SIGTERM', close, 16),
  { ...drained('SIGINT drains too', 'SIGINT', probe, 8), sampled: true },
  {
    name: 'SIGTERM lets a running transfer end, and takes no new connection',
    run: async (world) => {
      const server = await world.launch(['--root', world.root]);
      await withWire(server.address, [], async (wire) => {
        wire.pause();
        wire.write(request('GET /large.bin'));
        await sleep(200);
        server.signal('SIGTERM');
        await refusesConnections(server);
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
      const server = await world.launch([]);
      await withWire(server.address, ['POST'], async (wire) => {
        wire.write(`${request('POST /echo', ['Content-Length: 6'])}abc`);
        await sleep(100);
        server.signal('SIGTERM');
        await refusesConnections(server);
        // Who is asleep in recv hears of it half a second later at most.
        if (world.blocks) await sleep(600);
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
        await sleep(100);
        server.signal('SIGTERM');
        await wire.ended();
        await server.exited;
      });
    },
  },
  {
    name: 'an idle keep-alive connection does not hold up SIGTERM',
    run: async (world) => {
      const server = await world.launch(['--drain-timeout-ms', '15000']);
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
      const never = '600000';
      const patient = ['--drain-timeout-ms', never, '--body-timeout-ms', never];
      const server = await world.launch(patient);
      await withWire(server.address, ['POST'], async (wire) => {
        wire.write(`${request('POST /echo', ['Content-Length: 6'])}abc`);
        await sleep(100);
        server.signal('SIGTERM');
        await refusesConnections(server);
        server.signal('SIGTERM');
        // A worker that goes on holds what the server prints to open.
        const late = sleep(patienceMs).then(() => 'late');
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
      const server = await world.launch([]);
      const traffic = load(server.address, atOnce(world, 8), probe);
      for (let count = 0; count < 500; count += 1) {
        server.signal('SIGHUP');
        if (count % 10 === 0) await sleep(1);
      }
      traffic.stop();
      server.signal('SIGTERM');
      await traffic.done;
      await exitsWith(server, 0);
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
      const first = await world.launch([]);
      for (let count = 0; count < 20; count += 1) match(await ask(first.address, close), hello);
      await first.stop();
      if (!('port' in first.address)) throw new Error('no port');
      const second = await world.launch([], { listen: `127.0.0.1:${first.address.port}` });
      match(await ask(second.address, probe), hello);
      await second.stop();
    },
  },
];

/** Signals in the middle of a load; nothing may fail and the server serves on. */
function survives(name: string, signals: readonly NodeJS.Signals[]): Check {
  return {
    name: `${name} under load changes nothing for clients`,
    connections: 2,
    run: async (world: World) => {
      const server = await world.launch([]);
      const traffic = load(server.address, atOnce(world, 9) - 1, probe);
      for (const signal of signals) {
        await sleep(100);
        server.signal(signal);
      }
      await sleep(100);
      match(await ask(server.address, probe), hello);
      traffic.stop();
      server.signal('SIGTERM');
      await traffic.done;
      await exitsWith(server, 0);
    },
  };
}

async function exitsWith(server: Running, wanted: number): Promise<void> {
  const code = await server.exited;
  if (code !== wanted) throw new Error(`exit ${code}, not ${wanted}:\n${server.output()}`);
}

/** Waits until the listener is gone. */
async function refusesConnections(server: Running): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    try {
      (await Wire.open(server.address)).destroy();
    } catch {
      return;
    }
    await sleep(10);
  }
  throw new Error('it still takes connections');
}

export const lifecycle: Group = { name: 'lifecycle', ownServers: true, serial: false, checks };
