/** A daemon under test: its project, and what the system reports about its processes. */

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '../blackbox/wire.ts';
import { clean as cleanProjects, type Project, run } from '../cpp-project/project.ts';
import { built, type Row } from './projects.ts';

export const isRoot: boolean = process.getuid?.() === 0;
export const scratch: string = mkdtempSync(join(tmpdir(), 'daemon-'));
// The user a server switches to looks for its files there.
chmodSync(scratch, 0o755);

/** A line of a process's status file. */
export function status(id: number, name: string): string {
  const text = readFileSync(`/proc/${id}/status`, 'utf8');
  return new RegExp(`^${name}:\\t(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
}

interface ProcessStat {
  readonly name: string;
  readonly parent: number | undefined;
  readonly group: number | undefined;
  readonly session: number | undefined;
  readonly terminal: number | undefined;
}

/** Like `ps -o comm,ppid,pgid,sid,tty`; a `terminal` of 0 is its "?". See: proc_pid_stat(5). */
export function ps(id: number): ProcessStat {
  const text = readFileSync(`/proc/${id}/stat`, 'utf8');
  const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(text) ?? [];
  const [parent, group, session, terminal] = rest.split(' ').slice(1).map(Number);
  return { name, parent, group, session, terminal };
}

export function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0) && !status(id, 'State').startsWith('Z');
  } catch {
    return false;
  }
}

export function childrenOf(id: number): readonly number[] {
  const text = readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** After the last test. */
export function clean(): void {
  cleanProjects();
  rmSync(scratch, { recursive: true, force: true });
}

export async function ended(id: number): Promise<void> {
  await eventually('its end', () => !isAlive(id) || undefined);
}

type Variables = Readonly<Record<string, string>>;

interface Running {
  /** The address it serves at. */
  readonly url: string;
  readonly id: number;
}

export class Subject {
  readonly row: Row;
  readonly pidFile: string;
  private project: Project | null = null;

  constructor(row: Row) {
    this.row = row;
    this.pidFile = join(scratch, `${row.name}.pid`);
  }

  /** Generates and builds it. */
  async build(): Promise<Project> {
    this.project = await built(this.row);
    return this.project;
  }

  get directory(): string {
    return this.built().directory;
  }

  /** The command that starts it. */
  get command(): readonly string[] {
    return this.built().commands.start ?? [];
  }

  start(...flags: readonly string[]): ReturnType<typeof run> {
    return this.startIn({}, ...flags);
  }

  /** With these variables in addition to ours. */
  startIn(environment: Variables, ...flags: readonly string[]): ReturnType<typeof run> {
    const command = [...this.command, '--listen', '127.0.0.1:0', ...flags];
    return run(this.built(), command, environment);
  }

  /** Starts it in the background: the URL reported to its starter, and its id. */
  daemon(...flags: readonly string[]): Running {
    return this.daemonIn({}, ...flags);
  }

  daemonIn(environment: Variables, ...flags: readonly string[]): Running {
    const further = ['--daemon', '--pid-file', this.pidFile, ...flags];
    const { status: code, output } = this.startIn(environment, ...further);
    expect(code, output).toBe(0);
    const url = /listening on (http:\S+)/.exec(output)?.[1] ?? '';
    return { url, id: this.id() };
  }

  /** Cleans up after a failed test. */
  endAll(): void {
    if (!existsSync(this.pidFile)) return;
    const id = this.id();
    if (id > 0 && isAlive(id)) {
      for (const each of [...childrenOf(id), id]) process.kill(each, 'SIGKILL');
    }
  }

  /** According to the PID file. */
  id(): number {
    return Number(readFileSync(this.pidFile, 'utf8'));
  }

  async stop(id: number): Promise<void> {
    process.kill(id, 'SIGTERM');
    await ended(id);
  }

  private built(): Project {
    if (this.project === null) throw new Error('build it first');
    return this.project;
  }
}
