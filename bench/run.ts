/**
 * npm run bench -- [options]
 *   --rounds N        interleaved rounds (3)          --seconds N   per measurement (5)
 *   --rows A,B        of tiny, pipelined, file-1k, file-100k, file-10m, connect, many, idle
 *   --servers A,B     of cpp, typescript, these with -single, -sharded, -metrics or -access-log,
 *                     floor, nginx, haproxy, uws, bun, node-http, fastify; and any added ones
 *   --modes A,B       of one-core, two-cores
 *   --generate W      another generated server: name="--language cpp --preset …" (repeatable)
 *   --projects DIR    keeps the generated projects, and reuses existing ones
 *   --against P       another peer: name=http://… or name="command {port} {root}" (repeatable)
 *   --out DIR         results.md, results.json, results.svg, summary.svg (bench/results)
 *   --quick           one round of one second
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, release, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bun, floor, uws } from './brought.ts';
import type { Cell } from './cell.ts';
import { chart, summaryOf } from './chart.ts';
import { generate, wishOf } from './generate.ts';
import { type Loading, measureIdle, measureLoad, type Sample } from './measure.ts';
import { markdown, type Results, type Table } from './report.ts';
import { type Row, rows, writeFiles } from './rows.ts';
import * as peers from './servers.ts';
import { wishes } from './wishes.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    rows: { type: 'string' },
    servers: { type: 'string' },
    modes: { type: 'string', default: 'one-core,two-cores' },
    generate: { type: 'string', multiple: true, default: [] },
    projects: { type: 'string' },
    against: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: join(import.meta.dirname, 'results') },
    quick: { type: 'boolean', default: false },
  },
});

/** `6.18.44`: a distribution's suffix says nothing about speed. */
function kernel(): string {
  return release().split('-')[0] ?? '';
}

interface Mode {
  readonly title: string;
  readonly cores: string | null;
  readonly workers: number;
  readonly load: Omit<Loading, 'seconds'>;
}

const modes: Readonly<Record<string, Mode>> = {
  'one-core': {
    title: 'One core: the server on core 0 with one worker, wrk on core 1',
    cores: '0',
    workers: 1,
    load: { threads: 1, cores: '1' },
  },
  'two-cores': {
    title: 'Two cores: two workers and wrk’s two threads share them',
    cores: null,
    workers: 2,
    load: { threads: 2, cores: null },
  },
};

/** The named members of `all`, or all of them if `names` is undefined. Errors: an unknown name. */
function chosen<T>(what: string, names: string | undefined, all: ReadonlyMap<string, T>): T[] {
  return (names?.split(',') ?? [...all.keys()]).map((name) => {
    const value = all.get(name);
    if (value === undefined) {
      throw new Error(`no ${what} ${name}; there are ${[...all.keys()].join(', ')}`);
    }
    return value;
  });
}

/** Each server is generated only if it was requested. */
function servers(projects: string): { all: peers.Server[]; ours: ReadonlySet<string> } {
  const makers = new Map<string, () => peers.Server>();
  for (const wish of [...wishes, ...options.generate.map(wishOf)]) {
    makers.set(wish.name, () => generate(wish, projects));
  }
  const ours = new Set(makers.keys());
  const { nginx, haproxy, nodeHttp, fastify } = peers;
  for (const peer of [floor, nginx, haproxy, uws, bun, nodeHttp, fastify]) {
    makers.set(peer.name, () => peer);
  }
  for (const text of options.against) makers.set(nameOf(text), () => peers.against(text));
  const added = [...options.generate, ...options.against].map(nameOf);
  const names =
    options.servers && [...new Set([...options.servers.split(','), ...added])].join(',');
  return { all: chosen('server', names, makers).map((make) => make()), ours };
}

function nameOf(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('=')));
}

/** Rounds outside, servers inside: a slow minute of the machine affects all of them equally. */
async function measure(mode: Mode, list: peers.Server[], scratch: string): Promise<Table> {
  const setting = { ...mode, root: join(scratch, 'public'), scratch };
  const quick = { rounds: 1, seconds: 1 };
  const usual = { rounds: Number(options.rounds), seconds: Number(options.seconds) };
  const { rounds, seconds } = options.quick ? quick : usual;
  const samples = new Map<string, (Sample | null)[]>();
  const cells: Cell[] = [];
  for (const row of wantedRows(mode)) {
    for (let round = 1; round <= rounds; round += 1) {
      for (const server of list.filter((each) => each.rows.includes(row.id))) {
        const key = `${row.id} ${server.name}`;
        const kept = samples.get(key) ?? [];
        if (!samples.has(key)) cells.push({ row: row.id, server: server.name, samples: kept });
        samples.set(key, kept);
        kept.push(await sample(server, row, setting, { ...mode.load, seconds }));
        console.error(`${key} ${round}/${rounds}: ${JSON.stringify(kept.at(-1))}`);
      }
    }
  }
  return { title: mode.title, cells };
}

/** Memory doesn't depend on the cores, so it is measured once. */
function wantedRows(mode: Mode): readonly Row[] {
  const all = chosen('row', options.rows, new Map(rows.map((row) => [row.id as string, row])));
  return all.filter((row) => row.id !== 'idle' || mode.workers === 1);
}

/** Each sample uses a fresh server. Null, with a message, if it fails; the others still run. */
async function sample(
  server: peers.Server,
  row: Row,
  setting: peers.Setting,
  load: Loading,
): Promise<Sample | null> {
  try {
    const started = await server.start(setting);
    try {
      return row.id === 'idle'
        ? await measureIdle(row, started)
        : await measureLoad(row, started, load);
    } finally {
      started.end();
    }
  } catch (error) {
    console.error(`${server.name}, ${row.title}: ${String(error)}`);
    return null;
  }
}

function machine(): string {
  const cpu = /^model name\s*:\s*(.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  return `${cpu ?? 'unknown processor'}, ${availableParallelism()} cores, Linux ${kernel()}`;
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  writeFiles(join(scratch, 'public'));
  const projects = resolve(options.projects ?? join(scratch, 'projects'));
  mkdirSync(projects, { recursive: true });
  const { all, ours } = servers(projects);
  const wanted = chosen('mode', options.modes, new Map(Object.entries(modes)));
  const tables: Table[] = [];
  for (const mode of wanted) {
    if (availableParallelism() < 2) throw new Error('two cores are needed: one is for wrk');
    tables.push(await measure(mode, all, scratch));
  }
  const results: Results = {
    machine: machine(),
    date: new Date().toISOString().slice(0, 10),
    rounds: options.quick ? 1 : Number(options.rounds),
    seconds: options.quick ? 1 : Number(options.seconds),
    tables,
  };
  const text = markdown(results);
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'results.md'), text);
  writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  const [first] = tables;
  if (first !== undefined) {
    writeFileSync(join(out, 'results.svg'), chart(first, ours));
    writeFileSync(join(out, 'summary.svg'), chart(summaryOf(first), ours));
  }
  console.log(text);
  console.error(`written to ${out}`);
}

await main();
process.exit(0);
