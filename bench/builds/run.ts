/**
 * npm run bench:build -- [options]
 *   --rounds N   interleaved rounds (3)
 *   --quick      one round
 *   --only A,B   of commands, cpp, typescript
 *   --out DIR    build.md (bench/results)
 *
 * What users wait for: the command itself, beside create-vite and a bare node, and the first and
 * the next build of a project in either language, without ccache.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Created, create } from '../generate.ts';
import { type Cost, costsOf, type Job } from './timed.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: 'commands,cpp,typescript' },
    out: { type: 'string', default: join(import.meta.dirname, '..', 'results') },
  },
});

const kTool = resolve(import.meta.dirname, '..', '..', 'dist', 'bin.js');
const kUnbuilt = ['--yes', '--no-build', '--no-git'];
const scratch = mkdtempSync(join(tmpdir(), 'bench-build-'));

type Language = 'cpp' | 'typescript';

function must(command: readonly string[]): void {
  const [program = '', ...rest] = command;
  const { status, stderr } = spawnSync(program, rest, { cwd: scratch, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')}: exit ${status}\n${stderr}`);
}

function tool(...args: readonly string[]): readonly string[] {
  return [process.execPath, kTool, ...args];
}

function emptied(name: string): string {
  const folder = join(scratch, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

/** A project of which nothing is built yet. */
function project(language: Language): Created {
  return create(`${language}-project`, ['--language', language], scratch);
}

function commands(): readonly Job[] {
  const unchanged = project('typescript').directory;
  must(['npm', 'install', '--silent', '--prefix', scratch, 'create-vite']);
  const vite = join(scratch, 'node_modules', 'create-vite', 'index.js');
  const created = (language: Language): Job => ({
    name: `create, ${language}`,
    command: [...tool('created', '--language', language), ...kUnbuilt],
    cwd: scratch,
    prepare: () => emptied('created'),
  });
  return [
    { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd: scratch },
    { name: '--help', command: tool('--help'), cwd: scratch },
    {
      name: 'create-vite',
      command: [process.execPath, vite, 'created', '--template', 'vanilla-ts', '--no-interactive'],
      cwd: scratch,
      prepare: () => emptied('created'),
    },
    created('cpp'),
    created('typescript'),
    { name: 'regenerate, unchanged', command: tool('regenerate'), cwd: unchanged },
  ];
}

/** Another text in the answer of /json, each time. */
function touched(path: string): () => void {
  let count = 0;
  return () => {
    count += 1;
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, source.replace(/Hello, World!?\d*/, `Hello, World${count}`));
  };
}

function builds(language: Language): readonly Job[] {
  const { directory: cwd, commands } = project(language);
  const uncached = { cwd, env: { CCACHE_DISABLE: '1' } };
  const { install, build } = commands;
  // A changed handler doesn't concern the addon of a TypeScript project.
  const [again, handler] =
    language === 'cpp'
      ? [build ?? [], 'src/handlers/json.cc']
      : [['npm', 'run', 'build:server'], 'src/handlers/json.ts'];
  return [
    {
      ...uncached,
      name: `first build, ${language}`,
      command: allOf([install, build]),
      prepare: () => {
        for (const made of ['build', 'dist', 'node_modules']) {
          rmSync(join(cwd, made), { recursive: true, force: true });
        }
      },
    },
    {
      ...uncached,
      name: `rebuild after a change, ${language}`,
      command: again,
      prepare: touched(join(cwd, handler)),
    },
  ];
}

/** One command that runs several, one after the other, up to the first that fails. */
function allOf(steps: readonly (readonly string[] | null)[]): readonly string[] {
  const known = steps.filter((step) => step !== null);
  const words = known.map((step) => step.map((word) => `'${word}'`).join(' '));
  return ['sh', '-c', words.join(' && ')];
}

function tableOf(costs: ReadonlyMap<string, Cost>): string {
  const bare = costs.get('node -e 0')?.wallSeconds.median;
  const rows = [...costs].map(([name, { wallSeconds, cpuSeconds }]) => {
    const ratio = bare === undefined ? '' : (wallSeconds.median / bare).toFixed(2);
    const { median, min, max } = wallSeconds;
    const range = `${min.toFixed(2)}–${max.toFixed(2)}`;
    const cpu = cpuSeconds.median.toFixed(2);
    return `| ${name} | ${median.toFixed(2)} s (${range}) | ${cpu} s | ${ratio} |`;
  });
  return ['| what | wall time | CPU time | ÷ bare node |', '|---|---|---|---|', ...rows].join('\n');
}

function main(): void {
  const rounds = options.quick ? 1 : Number(options.rounds);
  const known = { commands, cpp: () => builds('cpp'), typescript: () => builds('typescript') };
  const jobs: Job[] = [];
  for (const word of options.only.split(',')) {
    const make = Object.entries(known).find(([name]) => name === word)?.[1];
    if (make === undefined) throw new Error(`--only: ${word}: of ${Object.keys(known).join(', ')}`);
    jobs.push(...make());
  }
  const table = tableOf(costsOf(jobs, rounds));
  const head = `# What users wait for\n\n${availableParallelism()} cores, ${rounds} interleaved rounds, without ccache; medians, with the least and the\ngreatest in brackets.\n`;
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'build.md'), `${head}\n${table}\n`);
  console.log(table);
}

try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
