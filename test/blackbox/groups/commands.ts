/** Flags, the config file, and the listeners they open. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hello, match, probe } from '../exchange.ts';
import { ask, refusesConnections, Wire } from '../wire.ts';
import type { Check, Finished, Group, World } from '../world.ts';

const flags = [
  ...['--listen', '--workers', '--config', '--print-config', '--root', '--log', '--log-level'],
  ...['--max-connections', '--header-timeout-ms', '--body-timeout-ms', '--idle-timeout-ms'],
  ...['--write-timeout-ms', '--handler-timeout-ms', '--drain-timeout-ms', '--max-target-bytes'],
  ...['--max-head-bytes', '--max-fields', '--max-body-bytes', '--version', '--help'],
];

async function inScratch(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'blackbox-'));
  try {
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function exited(
  finished: Finished,
  code: number,
  pattern: RegExp,
  stream: 'stdout' | 'stderr',
): void {
  const { stdout, stderr } = finished;
  if (finished.code === code && pattern.test(finished[stream])) return;
  throw new Error(`exit ${finished.code}, stdout ${stdout}, stderr ${stderr}`);
}

/** Runs with `config` as its file; the exit code must not be 0, and the message must match. */
async function rejected(world: World, config: string, message: RegExp): Promise<void> {
  await inScratch(async (directory) => {
    const path = join(directory, 'bad.config');
    writeFileSync(path, config);
    for (const more of [['-t'], ['--listen', '127.0.0.1:0']]) {
      const finished = await world.execute(['--config', path, ...more]);
      if (finished.code === 0 || finished.code === null) throw new Error(`exit ${finished.code}`);
      if (!message.test(finished.stderr)) throw new Error(`stderr: ${finished.stderr}`);
    }
  });
}

/** The server's own printed configuration, from which the broken ones are made. */
async function printed(world: World, more: readonly string[] = []): Promise<string> {
  const finished = await world.execute(['--print-config', ...more]);
  exited(finished, 0, /max-connections/, 'stdout');
  return finished.stdout;
}

const commands: readonly Check[] = [
  {
    name: '--version prints one and exits 0',
    run: async (world) => exited(await world.execute(['--version']), 0, /\d+\.\d+/, 'stdout'),
  },
  {
    name: '--help names every flag and exits 0',
    run: async (world) => {
      const finished = await world.execute(['--help']);
      const known = flags.filter((flag) => world.hasWorkers || flag !== '--workers');
      for (const flag of known) exited(finished, 0, new RegExp(`${flag}\\b`), 'stdout');
    },
  },
  ...[
    ['an unknown flag', ['--frobnicate'], /frobnicate/],
    ['a flag without its value', ['--listen'], /listen/],
    ['a number that is none', ['--max-connections', 'many'], /max-connections/],
    ['a negative number', ['--max-body-bytes', '-1'], /max-body-bytes/],
    ['a fraction of a worker', ['--workers', '1.5'], /workers/],
    ['an unknown log level', ['--log-level', 'loud'], /log-level/],
    ['an address without port', ['--listen', 'localhost'], /listen|localhost/],
    ['a port beyond 65535', ['--listen', '127.0.0.1:65536'], /listen|65536/],
  ].map(([name, argv, message]) => ({
    name: `${name} is a usage error, exit 2`,
    run: async (world: World) =>
      exited(await world.execute(argv as string[]), 2, message as RegExp, 'stderr'),
  })),
  {
    name: 'a root that is not there is named',
    run: async (world) => {
      const finished = await world.execute(['--root', '/no/such/root', '--listen', '127.0.0.1:0']);
      if (finished.code === 0 || !finished.stderr.includes('/no/such/root')) {
        throw new Error(`exit ${finished.code}: ${finished.stderr}`);
      }
    },
  },
  {
    name: 'an address that is not ours is named',
    run: async (world) => {
      const finished = await world.execute(['--listen', '192.0.2.1:0']);
      if (finished.code === 0 || !/192\.0\.2\.1/.test(finished.stderr)) {
        throw new Error(`exit ${finished.code}: ${finished.stderr}`);
      }
    },
  },
];

const configs: readonly Check[] = [
  {
    name: 'what --print-config prints is a config file that -t accepts',
    run: async (world) => {
      await inScratch(async (directory) => {
        const path = join(directory, 'good.config');
        writeFileSync(path, await printed(world, ['--max-connections', '777']));
        const tested = await world.execute(['-t', '--config', path]);
        if (tested.code !== 0) throw new Error(`exit ${tested.code}: ${tested.stderr}`);
        const again = await printed(world, ['--config', path]);
        if (!/max-connections\W+777\b/.test(again)) throw new Error(again);
      });
    },
  },
  {
    name: 'a flag outranks the config file',
    run: async (world) => {
      await inScratch(async (directory) => {
        const path = join(directory, 'good.config');
        writeFileSync(path, await printed(world, ['--max-connections', '777']));
        const again = await printed(world, ['--config', path, '--max-connections', '555']);
        if (!/max-connections\W+555\b/.test(again)) throw new Error(again);
      });
    },
  },
  {
    name: 'an unknown key in the config file is named',
    run: async (world) => {
      const text = await printed(world);
      const json = text.trimStart().startsWith('{');
      const bad = json ? text.replace('{', '{"frobnicate": 1,') : `frobnicate = 1\n${text}`;
      await rejected(world, bad, /frobnicate/);
    },
  },
  {
    name: 'a bad value in the config file is named by its key',
    run: async (world) => {
      const text = await printed(world);
      const bad = text.replace(/(max-connections"?\s*[:=]\s*)(\d+|"auto")/, '$1"many"');
      if (bad === text) throw new Error(`no max-connections in ${text}`);
      await rejected(world, bad, /max-connections/);
    },
  },
  {
    name: 'a config file that is not there is named',
    run: async (world) => {
      const finished = await world.execute(['-t', '--config', '/no/such/file']);
      if (finished.code === 0 || !finished.stderr.includes('/no/such/file')) {
        throw new Error(`exit ${finished.code}: ${finished.stderr}`);
      }
    },
  },
];

const listeners: readonly Check[] = [
  {
    name: 'an IPv6 listener',
    run: async (world) => {
      const server = await world.launch([], { listen: '[::1]:0' });
      match(await ask(server.address, probe), hello);
      await server.stop();
    },
  },
  {
    name: 'a UNIX listener, removed at the end, and a stale one taken over',
    run: (world) =>
      inScratch(async (directory) => {
        const path = join(directory, 'socket');
        const first = await world.launch([], { listen: `unix:${path}` });
        const address = { path, mask: first.address.mask ?? 0 };
        match(await ask(address, probe), hello);
        const second = await world.execute(['--listen', `unix:${path}`]);
        if (second.code === 0) throw new Error('two servers on one path');
        match(await ask(address, probe), hello, 'after the second server gave up');
        first.signal('SIGKILL');
        await first.exited;
        if (!existsSync(path)) throw new Error('a killed server cannot have removed it');
        // A ring that watches a socket holds it for a moment after its process has exited.
        await refusesConnections(address);
        const third = await world.launch([], { listen: `unix:${path}` });
        match(await ask(address, probe), hello);
        await third.stop();
        if (existsSync(path)) throw new Error('the socket file is left behind');
      }),
  },
  {
    name: 'an abstract listener',
    run: async (world) => {
      // The longest possible name: Node 20 pads shorter names with NULs, which are then part of the
      // name.
      const name = `blackbox-${process.pid}-${Date.now()}`.padEnd(107, '-');
      const server = await world.launch([], { listen: `unix:@${name}` });
      const address = { path: `\0${name}`, mask: server.address.mask ?? 0 };
      match(await ask(address, probe), hello);
      await server.stop();
    },
  },
  {
    name: 'two workers serve one port; where there are none, the flag is unknown',
    run: async (world) => {
      if (!world.hasWorkers) {
        exited(await world.execute(['--workers', '2']), 2, /workers/, 'stderr');
        return;
      }
      const server = await world.launch(['--workers', '2']);
      // If workers block, the kernel may give two clients to the same worker.
      const length = world.blocks ? 1 : 64;
      const wires = await Promise.all(Array.from({ length }, () => Wire.open(server.address)));
      for (const wire of wires) wire.write(probe);
      for (const wire of wires) match((await wire.answers(1))[0], hello);
      for (const wire of wires) wire.destroy();
      await server.stop();
    },
  },
];

/** Checks of what is read before a server is created: one server of each language is enough. */
const readOnly = [...commands, ...configs].map((check) => ({ ...check, sampled: true }));

export const commandLine: Group = {
  name: 'command line',
  ownServers: true,
  serial: false,
  checks: [...readOnly, ...listeners],
};
