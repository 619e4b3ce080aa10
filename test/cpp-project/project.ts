/** Generates, builds and starts C++ projects, as a user would. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { quickBuilds } from '../../scripts/build-environment.ts';
import type { Commands } from '../../src/plan/generator.ts';
import { apply, parse, preview } from '../../src/project.ts';
import type { Addition } from '../../src/spec/addition.ts';
import type { Answers } from '../../src/spec/question.ts';

export interface Project {
  readonly directory: string;
  readonly commands: Commands;
}

export interface Finished {
  readonly status: number | null;
  readonly output: string;
}

/** All projects of a run are in one folder, so ccache sees the same paths in each. */
const scratch: string = mkdtempSync(join(tmpdir(), 'cpp-project-'));

/** Removes every project of this run. */
export function clean(): void {
  rmSync(scratch, { recursive: true, force: true });
}

export async function generate(
  directory: string,
  answers: Answers,
  additions: readonly Addition[] = [],
): Promise<Project> {
  const parsed = parse({ name: 'my-server', language: 'cpp', ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const planned = await preview({ ...parsed.spec, additions }, join(scratch, directory));
  await apply(planned);
  return { directory: planned.directory, commands: planned.commands };
}

/** The other compiler that the READMEs name; CMake uses it when it configures. */
export const kClang: Readonly<Record<string, string>> = { CC: 'clang-19', CXX: 'clang++-19' };

/** Runs a command of the project; null means there is nothing to do. */
export function run(
  project: Project,
  command: readonly string[] | null,
  more: Readonly<Record<string, string>> = {},
): Finished {
  const [program, ...rest] = command ?? ['true'];
  if (program === undefined) throw new Error('an empty command');
  // Three projects share most of their objects.
  const environment = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: scratch, ...more };
  const { status, stdout, stderr } = spawnSync(program, rest, {
    cwd: project.directory,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: stdout + stderr };
}

/** A started server; `url` is what it has printed. */
export class Server {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #log: Promise<string>;

  private constructor(url: string, process: ChildProcess, log: Promise<string>) {
    this.url = url;
    this.#process = process;
    this.#log = log;
  }

  static start(project: Project, ...more: string[]): Promise<Server> {
    return Server.startAs({}, project, ...more);
  }

  /**
   * Like `start`, but wrapped in another command, or with a standard error that the caller reads.
   */
  static async startAs(
    { wrapper = [], stderr = 'pipe' }: { wrapper?: readonly string[]; stderr?: number | 'pipe' },
    { directory, commands }: Project,
    ...more: string[]
  ): Promise<Server> {
    const [program = '', ...flags] = [...wrapper, ...(commands.start ?? [])];
    const child = spawn(program, [...flags, '--listen', '127.0.0.1:0', ...more], {
      cwd: directory,
      stdio: ['ignore', 'pipe', stderr],
    });
    const log = child.stderr === null ? Promise.resolve('') : text(child.stderr);
    if (child.stdout === null) throw new Error('its output is not piped');
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (url !== undefined) return new Server(url, child, log);
    }
    throw new Error(`the server ended before it listened: ${await log}`);
  }

  /** Everything it has printed to standard error, once it has exited. */
  log(): Promise<string> {
    return this.#log;
  }

  /** Its exit code after SIGTERM. */
  async stop(): Promise<number | null> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code] = await ended;
    return code as number | null;
  }
}
