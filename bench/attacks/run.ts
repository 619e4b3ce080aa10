/**
 * npm run bench:attacks -- [options]: a well-behaved client, alone and beside others that aren't
 *   --generate NAME=FLAGS  a project to attack (repeatable; by default both languages over epoll,
 *                          io_uring and aio)
 *   --only TEXT            attacks whose name contains TEXT
 *   --projects DIR         where projects are built, or reused if they exist
 *   --out FILE             the table, as Markdown; standard output by default
 * Each attack has a fresh server. Exit code: 1 if a server has exited, or an answer was lost.
 */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { descriptorCount, residentBytes } from '../../src/load/process-tree.ts';
import { begin, endAll, finish } from '../../src/load/programs.ts';
import { isInstalled } from '../../test/tools.ts';
import { generate, wishOf } from '../generate.ts';
import type { Server, Started } from '../servers.ts';
import { type GoodDay, goodDay } from './good-day.ts';

const kDefaults = ['cpp', 'typescript'].flatMap((language) =>
  ['epoll', 'io_uring', 'aio'].map((io) => {
    const name = `${language}-${io.replace('_', '-')}`;
    return `${name}=--language ${language} --io ${io}`;
  }),
);

const { values: options } = parseArgs({
  options: {
    generate: { type: 'string', multiple: true, default: kDefaults },
    only: { type: 'string', default: '' },
    projects: { type: 'string', default: join(tmpdir(), 'hpserver-attacks') },
    out: { type: 'string' },
  },
});

const kAloneMs = 6000;
const kRestMs = 10_000;
/** By then, a client is connected even on a busy machine. */
const kConnectMs = 1000;

interface Attack {
  readonly name: string;
  /**
   * RLIMIT_NOFILE of the server from the attack on; the good client keeps its existing connection.
   */
  readonly descriptors?: number;
  readonly command: (port: string) => readonly string[];
}

function greedy(kind: string, count: number, seconds: number): Attack {
  const script = join(import.meta.dirname, 'greedy-clients.ts');
  const args = [kind, String(count)];
  return {
    name: `${count} ${kind}`,
    command: (port) => [...kTsx, script, ...args, port, String(seconds)],
  };
}

/** 150 clients for 15 s: see slowhttptest(1). */
function slow(name: string, path: string, flags: readonly string[]): Attack {
  const scale = ['-c', '150', '-r', '150', '-l', '15', '-p', '30'];
  return {
    name: `slowhttptest: ${name}`,
    command: (port) => [
      'slowhttptest',
      ...flags,
      ...scale,
      '-u',
      `http://127.0.0.1:${port}${path}`,
    ],
  };
}

const kTsx = [process.execPath, '--import', 'tsx'];

const kAttacks: readonly Attack[] = [
  greedy('pipelining', 290, 18),
  greedy('hoarding', 120, 8),
  ...[33, 200, 900].map((count) => greedy('starving', count, 15)),
  greedy('staying', 1000, 10),
  { ...greedy('staying', 200, 10), name: '200 staying, 64 descriptors', descriptors: 64 },
  ...(isInstalled('slowhttptest')
    ? [
        slow('heads', '/plaintext', ['-H', '-i', '1', '-x', '24']),
        slow('bodies', '/echo', ['-B', '-i', '1', '-s', '8192', '-x', '10']),
        slow('ranges', '/big.bin', ['-R', '-t', 'GET', '-a', '5', '-b', '1000']),
        slow('readers', '/big.bin', ['-X', '-w', '512', '-y', '1024', '-n', '1', '-z', '32']),
      ]
    : []),
].filter(({ name }) => name.includes(options.only));

/** Starts the client; the returned function stops it and returns its report. */
async function goodClient(port: string, keeps: boolean): Promise<() => Promise<GoodDay>> {
  const script = join(import.meta.dirname, 'good-client.ts');
  const args = keeps ? [port, 'keeps'] : [port];
  const client = await begin([...kTsx, script, ...args], import.meta.dirname, () => true);
  return async () => {
    process.kill(client.pid, 'SIGTERM');
    while (!client.output().endsWith('}\n')) await sleep(50);
    return goodDay.parse(JSON.parse(client.output()));
  };
}

interface Outcome {
  readonly row: string;
  readonly isGood: boolean;
}

const kMebibyte = 2 ** 20;

async function attacked({ url, pid }: Started, name: string, attack: Attack): Promise<Outcome> {
  const { port } = new URL(url);
  const keeps = attack.descriptors !== undefined;
  const ending = await goodClient(port, keeps);
  await sleep(kAloneMs);
  const alone = await ending();
  const before = { bytes: residentBytes(pid), descriptors: descriptorCount(pid) };
  const end = await goodClient(port, keeps);
  await sleep(kConnectMs);
  if (keeps) await finish(['prlimit', `--pid=${pid}`, `--nofile=${attack.descriptors}`]);
  await finish(attack.command(port)).catch(() => '');
  const peak = residentBytes(pid);
  const beside = await end();
  await sleep(kRestMs);
  const after = { bytes: residentBytes(pid), descriptors: descriptorCount(pid) };
  const memory = [before.bytes, peak, after.bytes].map((bytes) => Math.round(bytes / kMebibyte));
  const cells = [
    name,
    attack.name,
    `${beside.lost} of ${beside.asked}`,
    `${alone.p99Ms.toFixed(2)} → ${beside.p99Ms.toFixed(2)}`,
    (beside.p99Ms / alone.p99Ms).toFixed(1),
    memory.join(' → '),
    `${before.descriptors} → ${after.descriptors}`,
  ];
  const isGood = beside.lost === 0 && after.descriptors > 0;
  return { row: `| ${cells.join(' | ')} |`, isGood };
}

async function main(): Promise<boolean> {
  mkdirSync(options.projects, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'attacked-'));
  writeFileSync(join(scratch, 'style.css'), Buffer.alloc(15_900, 'a'));
  writeFileSync(join(scratch, 'big.bin'), Buffer.alloc(20_000_000, 'b'));
  const servers: readonly Server[] = options.generate.map((wish) =>
    generate(wishOf(wish), options.projects),
  );
  const outcomes: Outcome[] = [];
  for (const server of servers) {
    for (const attack of kAttacks) {
      const setting = { cores: null, workers: 2, root: scratch, scratch };
      const started = await server.start(setting);
      const outcome = await attacked(started, server.name, attack);
      started.end();
      console.error(outcome.row);
      outcomes.push(outcome);
    }
  }
  const head =
    '| server | beside | lost | p99, ms: alone → beside | ÷ | MiB: before → during → 10 s later | descriptors |\n' +
    '|---|---|--:|--:|--:|--:|--:|';
  const table = `${[head, ...outcomes.map(({ row }) => row)].join('\n')}\n`;
  if (options.out === undefined) process.stdout.write(table);
  else writeFileSync(options.out, table);
  return outcomes.every(({ isGood }) => isGood);
}

const isGood = await main();
endAll();
process.exit(isGood ? 0 : 1);
