/** A real terminal for tests. */

import { afterAll, beforeAll } from 'vitest';
import { type Terminal, type TerminalOptions, Tmux } from './tmux.ts';

export type { Terminal } from './tmux.ts';

interface ProgramOptions extends TerminalOptions {
  /** One simple command; `exit=STATUS` is shown after it. */
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One tmux server per test file; it stops with the tests. */
export function terminals(): (options: ProgramOptions) => Terminal {
  const tmux = new Tmux();
  beforeAll(() => tmux.start());
  afterAll(() => tmux.end());
  return ({ command, env = {}, ...options }) => {
    const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    // The session would end with its program; a pane kept by remain-on-exit scrolls by one line.
    const whole = `${['env', ...variables].join(' ')} ${command}; echo "exit=$?"; exec sleep 3600`;
    return tmux.open({ ...options, command: whole });
  };
}
