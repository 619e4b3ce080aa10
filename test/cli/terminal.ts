/** A real terminal for tests: tmux on a socket of its own. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

export interface Terminal {
  /** Key names of tmux: `Enter`, `Escape`, `C-c`, `Down`. */
  readonly press: (...keys: readonly string[]) => void;
  readonly type: (text: string) => void;
  readonly screen: () => string;
  /** The screen once it matches; throws with the screen where it never does. */
  readonly shows: (pattern: string | RegExp) => Promise<string>;
  readonly resize: (columns: number, rows: number) => void;
  /** The raw bytes that were printed, escape codes included. */
  readonly colours: () => string;
}

export interface TerminalOptions {
  /** One simple command; `exit=STATUS` is shown behind it. */
  readonly command: string;
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Far more than any page takes on a busy machine: it ends a wait for what never comes. */
const kPatienceMs = 120_000;
const kGlanceMs = 50;

/** One tmux server per test file; it ends with the tests. */
export function terminals(): (options: TerminalOptions) => Terminal {
  const home = mkdtempSync(join(tmpdir(), 'hpserver-tmux-'));
  const socket = join(home, 'socket');
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|TMUX|LC_|CI$)/.test(name));
  const clean = { ...Object.fromEntries(own), LANG: 'C.UTF-8', TERM: 'xterm-256color' };
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-u', '-S', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: clean,
    });
  let count = 0;

  beforeAll(() => {
    // A server without sessions would end at once.
    tmux('new-session', '-d', '-s', 'anchor', 'sleep 3600');
    tmux('set-option', '-g', 'escape-time', '0');
  });
  afterAll(() => {
    tmux('kill-server');
    rmSync(home, { recursive: true, force: true });
  });

  return ({ command, cwd, columns = 80, rows = 24, env = {} }) => {
    count += 1;
    const name = `t${count}`;
    const size = ['-x', String(columns), '-y', String(rows)];
    const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    // The session would go with its program; a pane kept by remain-on-exit scrolls by one line.
    const whole = `${['env', ...variables].join(' ')} ${command}; echo "exit=$?"; exec sleep 3600`;
    tmux('new-session', '-d', '-s', name, '-c', cwd, ...size, whole);
    const screen = () => tmux('capture-pane', '-p', '-t', name);
    return {
      press: (...keys) => {
        tmux('send-keys', '-t', name, ...keys);
      },
      type: (text) => {
        tmux('send-keys', '-t', name, '-l', text);
      },
      screen,
      colours: () => tmux('capture-pane', '-p', '-e', '-t', name),
      resize: (newColumns, newRows) => {
        tmux('resize-window', '-t', name, '-x', String(newColumns), '-y', String(newRows));
      },
      shows: async (pattern) => {
        const deadline = Date.now() + kPatienceMs;
        for (;;) {
          const now = screen();
          if (typeof pattern === 'string' ? now.includes(pattern) : pattern.test(now)) return now;
          if (Date.now() > deadline) throw new Error(`never showed ${pattern}:\n${now}`);
          await sleep(kGlanceMs);
        }
      },
    };
  };
}
