/** A real terminal: tmux on its own socket. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Terminal {
  /** tmux key names: `Enter`, `Escape`, `C-c`, `Down`. */
  readonly press: (...keys: readonly string[]) => void;
  readonly type: (text: string) => void;
  readonly screen: () => string;
  /** The screen once it matches; throws with the screen if it never does. */
  readonly shows: (pattern: string | RegExp) => Promise<string>;
  readonly resize: (columns: number, rows: number) => void;
  /** The raw bytes that were printed, escape codes included. */
  readonly colours: () => string;
}

export interface TerminalOptions {
  /** A command of the shell. */
  readonly command: string;
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * Far more than any page takes on a busy machine: it ends a wait for something that never comes.
 */
const kPatienceMs = 120_000;
const kGlanceMs = 50;

export class Tmux {
  private readonly env = environment();
  private readonly home = mkdtempSync(join(tmpdir(), 'hpserver-tmux-'));
  private count = 0;

  /** A server without sessions would exit at once. */
  start(): void {
    this.run('new-session', '-d', '-s', 'anchor', 'sleep 3600');
    this.run('set-option', '-g', 'escape-time', '0');
  }

  open({ command, cwd, columns = 80, rows = 24 }: TerminalOptions): Terminal {
    this.count += 1;
    const name = `t${this.count}`;
    const size = ['-x', String(columns), '-y', String(rows)];
    this.run('new-session', '-d', '-s', name, '-c', cwd, ...size, command);
    const screen = () => this.run('capture-pane', '-p', '-t', name);
    return {
      press: (...keys) => {
        this.run('send-keys', '-t', name, ...keys);
      },
      type: (text) => {
        this.run('send-keys', '-t', name, '-l', text);
      },
      screen,
      colours: () => this.run('capture-pane', '-p', '-e', '-t', name),
      resize: (newColumns, newRows) => {
        const newSize = ['-x', String(newColumns), '-y', String(newRows)];
        this.run('resize-window', '-t', name, ...newSize);
      },
      shows: (pattern) => shown(screen, pattern),
    };
  }

  end(): void {
    this.run('kill-server');
    rmSync(this.home, { recursive: true, force: true });
  }

  private run(...args: readonly string[]): string {
    return execFileSync(
      'tmux',
      ['-u', '-S', join(this.home, 'socket'), '-f', '/dev/null', ...args],
      {
        encoding: 'utf8',
        env: this.env,
      },
    );
  }
}

function environment(): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|TMUX|LC_|CI$)/.test(name));
  return { ...Object.fromEntries(own), LANG: 'C.UTF-8', TERM: 'xterm-256color' };
}

async function shown(screen: () => string, pattern: string | RegExp): Promise<string> {
  const deadline = Date.now() + kPatienceMs;
  for (;;) {
    const now = screen();
    if (typeof pattern === 'string' ? now.includes(pattern) : pattern.test(now)) return now;
    if (Date.now() > deadline) throw new Error(`never showed ${pattern}:\n${now}`);
    await sleep(kGlanceMs);
  }
}
