/** Generates and builds the projects under test, using only the tool's own report. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { everything, generated, type Project, type Server } from './servers.ts';

const argv = z.array(z.string()).nullable();
const report = z.object({
  directory: z.string(),
  commands: z.object({ install: argv, build: argv, test: argv, start: argv }),
});

const tool = resolve(import.meta.dirname, '..', 'dist', 'bin.js');

/** A project that has just been created, and its own commands. */
export interface Created {
  readonly directory: string;
  readonly commands: Readonly<Record<'install' | 'build' | 'test' | 'start', string[] | null>>;
}

function run(command: readonly string[], cwd: string): string {
  const [program = '', ...rest] = command;
  const { status, stdout, stderr, error } = spawnSync(program, rest, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (status === 0) return stdout;
  throw new Error(`${command.join(' ')} in ${cwd}: exit ${status}\n${stdout}\n${stderr}`, {
    cause: error,
  });
}

/** What is generated, in which rows it is measured, and how it is started there. */
export interface Wish extends Pick<Project, 'name' | 'rows' | 'flags'> {
  /** The tool's flags. */
  readonly answers: readonly string[];
}

/** `name=FLAGS`, for example `cpp=--language cpp`. */
export function wishOf(text: string): Wish {
  const [, name, flags] = /^([\w-]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || flags === undefined) {
    throw new Error(`--generate ${text}: give name="--language cpp …"`);
  }
  const answers = flags.split(' ').filter((word) => word !== '');
  return { name, answers, rows: everything, flags: () => [] };
}

/** Creates `folder/name`, and builds nothing. Returns the tool's report. */
export function create(name: string, answers: readonly string[], folder: string): Created {
  const options = [...answers, '--yes', '--json', '--no-git', '--no-build'];
  return report.parse(JSON.parse(run([process.execPath, tool, name, ...options], folder)));
}

/** The project is in `projects/name`; an existing one is used as it is. */
export function generate({ name, answers, rows, flags }: Wish, projects: string): Server {
  const kept = join(projects, `${name}.report.json`);
  if (!existsSync(kept)) {
    console.error(`generating and building ${name} …`);
    const created = create(name, answers, projects);
    const { install, build } = created.commands;
    for (const command of [install, build]) {
      if (command !== null) run(command, created.directory);
    }
    writeFileSync(kept, JSON.stringify(created));
  }
  const { directory, commands } = report.parse(JSON.parse(readFileSync(kept, 'utf8')));
  if (commands.start === null) throw new Error(`${name} has no start command`);
  return generated({ name, start: commands.start, directory, rows, flags });
}
