/** A look at a hostile project starts only node and git, and contacts no server (P17, P18). */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, kBin } from '../../cli/program.ts';
import { changedPaths, newProject } from '../project.ts';
import { kFileTricks, kLineTricks, type Trap } from './tricks.ts';
import { kWishTricks } from './wishes.ts';

const kLooks = [
  'check',
  'status --all',
  'diff',
  'diff --mine',
  'explain',
  'explain io.model=epoll',
  'options',
  'regenerate --dry-run --yes',
  'regenerate --help',
  'add route x --dry-run',
  'add --help',
  'add route --help',
  'completion bash',
  '--help',
] as const;

const folder = emptyFolder();
const proofs = join(folder, 'proofs');
const project = await newProject('typescript', folder);

/** Each trick has a program of its own, so a proof names the trick. */
function trapOf(name: string): Trap {
  const id = name.replaceAll(/\W+/g, '-');
  const program = join(folder, 'traps', id);
  put(program, `#!/bin/sh\nmkdir -p ${proofs}\ntouch ${join(proofs, id)}\n`);
  return { program, host: 'http://127.0.0.1:1' };
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) put(join(project.directory, path), text);
}

const good = project.read('hpserver.json');
execFileSync('git', ['init', '--quiet'], { cwd: project.directory });
for (const { name, files } of kFileTricks) plant(files(trapOf(name)));
for (const { name, file, line } of kLineTricks) {
  const place = join(project.directory, file);
  const before = existsSync(place) ? readFileSync(place, 'utf8') : '';
  put(place, `${before}${line(trapOf(name))}\n`);
}
const wishes = kWishTricks.map(({ name, wish, files }) => {
  const trap = trapOf(name);
  if (files !== undefined) plant(files(trap));
  const text = JSON.stringify({ ...(JSON.parse(good) as object), ...wish(trap) });
  return [name, text] as const;
});

/** Runs everything under one tracer; each run's output is returned by name. */
const kDriver = `
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
const { bin, cwd, runs, said } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const all = runs.map(({ name, wish, args }) => {
  writeFileSync(cwd + '/hpserver.json', wish);
  const options = { cwd, encoding: 'utf8', timeout: 120_000 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], options);
  return { name, status, text: stdout + stderr };
});
writeFileSync(said, JSON.stringify(all));
`;

interface Said {
  readonly name: string;
  readonly status: number | null;
  readonly text: string;
}

function lookedAt(): { readonly said: readonly Said[]; readonly calls: readonly string[] } {
  const [driver, plan, said, trace] = ['driver.mjs', 'plan.json', 'said.json', 'trace'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string];
  const runs = [
    ...kLooks.map((look) => ({ name: look, wish: good, args: look.split(' ') })),
    ...wishes.map(([name, wish]) => ({ name, wish, args: ['check'] })),
  ];
  writeFileSync(driver, kDriver);
  writeFileSync(plan, JSON.stringify({ bin: kBin, cwd: project.directory, runs, said }));
  const flags = ['-f', '--seccomp-bpf', '-qq', '-o', trace, '-e', 'trace=execve,execveat,connect'];
  const { status, stderr } = spawnSync('strace', [...flags, process.execPath, driver, plan], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: join(folder, 'home'),
      HP_SECRET: 'tok123',
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_CONFIG_HOME: join(folder, 'config'),
    },
  });
  if (status !== 0) throw new Error(stderr);
  const calls = readFileSync(trace, 'utf8').split('\n');
  return { said: JSON.parse(readFileSync(said, 'utf8')) as readonly Said[], calls };
}

const before = project.bytes();
const { said, calls } = lookedAt();
const changed = changedPaths(before, project.bytes());

function proofsOf(): readonly string[] {
  return existsSync(proofs) ? readdirSync(proofs) : [];
}

test('no program has started but node and git', () => {
  const programs = calls.flatMap((call) => /execve(?:at)?\([^"]*"([^"]*)"/.exec(call)?.[1] ?? []);
  const others = programs.filter((path) => path !== process.execPath && basename(path) !== 'git');
  expect(programs.length).toBeGreaterThan(said.length);
  expect(others).toEqual([]);
  const own = programs.filter((path) => path.startsWith(project.directory));
  expect(own).toEqual([]);
});

test('no connection was opened', () => {
  expect(calls.filter((call) => call.includes('connect('))).toEqual([]);
});

test('nothing was written into the project', () => {
  // The tests put the configurations there themselves.
  expect(changed.filter((path) => path !== 'hpserver.json')).toEqual([]);
});

test('nothing was kept on this machine', () => {
  for (const name of ['cache', 'config', 'home']) {
    expect(existsSync(join(folder, name))).toBe(false);
  }
});

test.each([...kFileTricks, ...kLineTricks].map(({ name }) => name))('%s: nothing runs', (name) => {
  expect(proofsOf()).not.toContain(name.replaceAll(/\W+/g, '-'));
});

test.each(kLooks)('%s says what it says of any project', (look) => {
  const { status, text } = said.find(({ name }) => name === look) ?? { status: null, text: '' };
  expect({ look, status, text }).toMatchObject({ status: expect.toBeOneOf([0, 3, 4]) });
  expect(text).not.toContain('This is a bug');
});

describe('hpserver.json names', () => {
  test.each(kWishTricks)('$name: it is refused, and nothing runs', ({ name, says, status }) => {
    const run = said.find((each) => each.name === name);
    expect(run?.text.replaceAll(/\s+/g, ' ')).toMatch(says);
    expect(run?.status).toBe(status);
    expect(run?.text).not.toContain('This is a bug');
    expect(proofsOf()).not.toContain(name.replaceAll(/\W+/g, '-'));
  });
});

test('the tricks are alive: git alone falls for them', () => {
  const env = { PATH: process.env.PATH, HOME: folder };
  spawnSync('git', ['-c', 'safe.directory=*', 'status'], { cwd: project.directory, env });
  spawnSync('git', ['add', 'package.json'], { cwd: project.directory, env });
  expect(proofsOf()).toContain('git-a-filter');
  expect(proofsOf().some((name) => name.includes('git-'))).toBe(true);
});
