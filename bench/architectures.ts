/**
 * npm run bench:architectures -- [options]: every architecture on the same loads
 *   --rounds N        interleaved rounds (3)          --seconds N   per measurement (2)
 *   --loads A,B       of tiny-64, tiny-1000, slow, file-100k
 *   --language L      cpp or typescript; both by default
 *   --filter TEXT     only architectures whose name contains TEXT, and the reference
 *   --out DIR         architectures.md, architectures.json, architectures.svg (bench/results)
 *   --quick           one round of one second
 * It can be run in parts: loads and languages not measured now keep their earlier results.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, release, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { begin } from '../src/load/programs.ts';
import { type Architecture, offered } from '../test/matrix/architectures.ts';
import { build } from '../test/matrix/build.ts';
import { generate, type Project } from '../test/matrix/projects.ts';
import { chart } from './architectures-chart.ts';
import { type Comparison, type Load, markdown, type Series } from './architectures-report.ts';
import { measureLoad, type Sample } from './measure.ts';
import { writeFiles } from './rows.ts';
import type { Started } from './servers.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    loads: { type: 'string' },
    language: { type: 'string' },
    filter: { type: 'string', default: '' },
    out: { type: 'string', default: join(import.meta.dirname, 'results') },
    quick: { type: 'boolean', default: false },
  },
});

const kRounds = options.quick ? 1 : Number(options.rounds);
const kSeconds = options.quick ? 1 : Number(options.seconds);

const kLoads: readonly Load[] = [
  { id: 'tiny-64', title: 'tiny, 64 connections', path: '/plaintext', connections: 64 },
  { id: 'tiny-1000', title: 'tiny, 1,000 connections', path: '/plaintext', connections: 1000 },
  { id: 'slow', title: 'tiny, 63 beside a slow reader', path: '/plaintext', connections: 63 },
  { id: 'file-100k', title: 'file of 100 KiB, 64 connections', path: '/100k.bin', connections: 64 },
];

/** Whether the other architectures in the same language are compared with this one. */
function isReference({ id }: Architecture): boolean {
  return id.endsWith('-epoll-edge-reactor-single');
}

function isMeant(architecture: Architecture): boolean {
  const { id, language } = architecture;
  if (options.language !== undefined && language !== options.language) return false;
  return isReference(architecture) || id.includes(options.filter);
}

/**
 * The server runs on core 0 and wrk on core 1, so the CPU time per request is the server's alone.
 */
async function start(
  { architecture, directory, start }: Project,
  load: Load,
  root: string,
): Promise<Started> {
  const pattern = /listening on (http:\/\/\S+)\s/i;
  const workers = architecture.blocks ? load.connections + 8 : 2;
  const flags = [
    ...['--listen', '127.0.0.1:0', '--root', root, '--max-connections', '4096'],
    ...['--write-timeout-ms', '600000', '--log-level', 'warn'],
    ...(architecture.hasWorkers ? ['--workers', String(workers)] : []),
  ];
  const argv = ['taskset', '-c', '0', ...start, ...flags];
  const begun = await begin(argv, directory, (output) => pattern.test(output));
  return { url: pattern.exec(begun.output())?.[1] ?? '', pid: begun.pid, end: begun.end };
}

/**
 * Null if the server can't hold that many connections; null, with a message, if measuring fails.
 */
async function sample(project: Project, load: Load, root: string): Promise<Sample | null> {
  const { capacity, blocks, hasWorkers, values, id } = project.architecture;
  const grows = blocks && hasWorkers && values['workers.kind'] === 'thread';
  // A select(2) server holds nearly 1,000: refused connections are noted in the table.
  if (!grows && load.connections > capacity + 100) return null;
  try {
    const server = await start(project, load, root);
    try {
      const slow = load.id === 'slow' ? await readSlowly(server.url) : null;
      const row = { ...load, id: 'tiny', wrk: ['--latency'] } as const;
      const taken = await measureLoad(row, server, { seconds: kSeconds, threads: 1, cores: '1' });
      slow?.end();
      return taken;
    } finally {
      server.end();
    }
  } catch (error) {
    console.error(`${id}, ${load.title}: ${String(error).split('\n')[0]}`);
    return null;
  }
}

function readSlowly(url: string): Promise<{ readonly end: () => void }> {
  const script = join(import.meta.dirname, 'slow-client.ts');
  const argv = ['taskset', '-c', '1', process.execPath, '--import', 'tsx', script];
  return begin([...argv, `${url}/10m.bin`], import.meta.dirname, (text) => /^reading/m.test(text));
}

function wantedLoads(): readonly Load[] {
  const names = options.loads?.split(',') ?? kLoads.map(({ id }) => id);
  return kLoads.filter(({ id }) => names.includes(id));
}

/** Rounds outside, servers inside: a slow minute of the machine affects all of them equally. */
async function measure(projects: readonly Project[], root: string): Promise<readonly Series[]> {
  const taken = new Map<string, (Sample | null)[]>();
  for (let round = 1; round <= kRounds; round += 1) {
    for (const load of wantedLoads()) {
      for (const project of projects) {
        const key = `${load.id} ${project.architecture.id}`;
        const samples = taken.get(key) ?? [];
        taken.set(key, samples);
        samples.push(await sample(project, load, root));
        console.error(`${key} ${round}/${kRounds}: ${JSON.stringify(samples.at(-1))}`);
      }
    }
  }
  return projects.map(({ architecture }) => ({
    id: architecture.id,
    title: architecture.title,
    language: architecture.language,
    warned: architecture.warned,
    reference: isReference(architecture),
    samples: Object.fromEntries(
      wantedLoads().map(({ id }) => [id, taken.get(`${id} ${architecture.id}`) ?? []]),
    ),
  }));
}

async function built(): Promise<readonly Project[]> {
  const projects: Project[] = [];
  for (const architecture of offered().filter(isMeant)) projects.push(await generate(architecture));
  const failures = await build(projects, 'release');
  for (const [id, why] of failures) console.error(`${id} is left out: ${why}`);
  return projects.filter(({ architecture }) => !failures.has(architecture.id));
}

function machine(): string {
  const cpu = /^model name\s*:\s*(.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  const kernel = release().split('-')[0] ?? '';
  return `${cpu ?? 'unknown processor'}, ${availableParallelism()} cores, Linux ${kernel}`;
}

/** The results of an earlier run; null if there are none. */
function readEarlier(path: string): Comparison | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Comparison) : null;
}

function beside(earlier: Comparison | null, now: Comparison): Comparison {
  if (earlier === null) return now;
  const known = [...now.series, ...earlier.series];
  const series = offered().flatMap(({ id }) => {
    const [newest, older] = known.filter((each) => each.id === id);
    return newest === undefined
      ? []
      : [{ ...newest, samples: { ...older?.samples, ...newest.samples } }];
  });
  const isMeasured = ({ id }: Load): boolean => series.some(({ samples }) => id in samples);
  return { ...now, loads: kLoads.filter(isMeasured), series };
}

async function main(): Promise<void> {
  if (availableParallelism() < 2) throw new Error('two cores are needed: one is for wrk');
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  writeFiles(scratch);
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  const report = join(out, 'architectures.json');
  const comparison = beside(readEarlier(report), {
    machine: machine(),
    date: new Date().toISOString().slice(0, 10),
    rounds: kRounds,
    seconds: kSeconds,
    loads: wantedLoads(),
    series: await measure(await built(), scratch),
  });
  const text = markdown(comparison);
  writeFileSync(join(out, 'architectures.md'), text);
  writeFileSync(report, `${JSON.stringify(comparison, null, 2)}\n`);
  writeFileSync(join(out, 'architectures.svg'), chart(comparison));
  console.log(text);
}

await main();
process.exit(0);
