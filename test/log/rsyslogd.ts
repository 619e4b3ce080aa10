/** Debian's log daemon with its own configuration: a socket and a UDP port in a folder. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A message as understood by the daemon. */
export interface Heard {
  /** Facility × 8 + severity. */
  readonly priority: number;
  readonly program: string;
  readonly text: string;
}

export class Rsyslogd {
  readonly #folder: string;
  #process: ChildProcess | null = null;

  /** Errors: rejects if it does not listen. */
  static async start(folder: string): Promise<Rsyslogd> {
    const daemon = new Rsyslogd(folder);
    writeFileSync(join(folder, 'rsyslog.conf'), configuration(folder));
    await daemon.start();
    return daemon;
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** The counterpart of /dev/log, on which it listens. */
  get socket(): string {
    return join(this.#folder, 'log');
  }

  async start(): Promise<void> {
    const config = join(this.#folder, 'rsyslog.conf');
    const pid = join(this.#folder, 'pid');
    this.#process = spawn('rsyslogd', ['-n', '-f', config, '-i', pid], { stdio: 'inherit' });
    await until(() => existsSync(this.socket) && this.port() !== null);
  }

  /** Stops it as a package upgrade would: its socket is removed. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    this.#process = null;
    rmSync(this.socket, { force: true });
  }

  /** The UDP port on 127.0.0.1; null until it listens. */
  port(): number | null {
    const pid = this.#process?.pid;
    if (pid === undefined) return null;
    const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => socketInode(pid, fd)));
    const rows = readFileSync('/proc/net/udp', 'utf8').trim().split('\n').slice(1);
    const own = rows.map((row) => row.trim().split(/\s+/)).find((row) => inodes.has(row[9] ?? ''));
    return own === undefined ? null : Number.parseInt(own[1]?.split(':')[1] ?? '', 16);
  }

  /** All messages so far, in order. */
  heard(): readonly Heard[] {
    const path = join(this.#folder, 'heard');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    return lines.flatMap((line) => {
      const [, priority, program = '', text = ''] = /^(\d+) (\S*) +(.*)$/.exec(line) ?? [];
      return priority === undefined ? [] : [{ priority: Number(priority), program, text }];
    });
  }
}

function socketInode(pid: number, fd: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? '';
  } catch {
    return '';
  }
}

function configuration(folder: string): string {
  return `
global(workDirectory="${folder}")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="${folder}/log" RateLimit.Interval="0")
module(load="imudp")
input(type="imudp" address="127.0.0.1" port="0")
template(name="heard" type="string" string="%pri% %app-name% %msg%\\n")
action(type="omfile" file="${folder}/heard" template="heard" flushOnTXEnd="on")
`;
}

/** Polls; only a hang takes as long as the test's limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}
