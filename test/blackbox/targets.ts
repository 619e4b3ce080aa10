/**
 * The servers that vitest runs the suite against: BLACKBOX_TARGETS, a JSON list of
 * `{"name", "cwd", "start": [argv…]}`; without it the default project in each language, generated
 * and built anew under `.cache/blackbox/`.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Target } from './server.ts';

const schema = z.array(
  z.strictObject({
    name: z.string(),
    cwd: z.string(),
    start: z.array(z.string()).min(1),
    environment: z.record(z.string(), z.string()).default({}),
  }),
);

const argv = z.array(z.string()).min(1);
const report = z.object({
  directory: z.string(),
  commands: z.object({ install: argv.nullable(), build: argv.nullable(), start: argv }),
});

/** Errors: a list of another shape, or a project that can't be generated or built. */
export function targets(): readonly Target[] {
  const text = process.env.BLACKBOX_TARGETS;
  return text === undefined ? defaults() : schema.parse(JSON.parse(text));
}

const repository = resolve(import.meta.dirname, '..', '..');

/** Each test file runs in a process of its own; their parent tells which run they belong to. */
function defaults(): readonly Target[] {
  const cache = join(repository, '.cache', 'blackbox');
  const list = join(cache, `targets-${process.ppid}.json`);
  if (!existsSync(list)) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    writeFileSync(list, JSON.stringify(['cpp', 'typescript'].map((name) => built(name, cache))));
  }
  return schema.parse(JSON.parse(readFileSync(list, 'utf8')));
}

function built(language: string, cache: string): Target {
  const directory = join(cache, language);
  const tool = join(repository, 'dist', 'bin.js');
  const flags = ['--yes', '--language', language, '--json', '--no-git', '--no-build'];
  const text = run([process.execPath, tool, directory, ...flags], cache);
  const { commands, directory: cwd } = report.parse(JSON.parse(text));
  for (const command of [commands.install, commands.build]) if (command !== null) run(command, cwd);
  return { name: language, cwd, start: commands.start };
}

function run(command: readonly string[], cwd: string): string {
  const [program = '', ...rest] = command;
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${command.join(' ')} in ${cwd}: exit ${status}\n${stdout}\n${stderr}`);
}
