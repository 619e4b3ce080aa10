/** A generated server, already built, run as a user would. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** The tests' own Node runs the servers, unless the environment names another one. */
const kNode = process.env.HPSERVER_TEST_NODE ?? process.execPath;

export class Server {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    if (child.stderr === null) throw new Error('its log is not piped');
    createInterface({ input: child.stderr }).on('line', (line) => this.lines.push(line));
  }

  static start(directory: string, ...args: readonly string[]): Promise<Server> {
    return Server.startBy([], directory, ...args);
  }

  /** Like `start`; `node` are flags for Node. */
  static startBy(
    node: readonly string[],
    directory: string,
    ...args: readonly string[]
  ): Promise<Server> {
    return Server.startBehind([], directory, ...node, 'dist/main.js', ...args);
  }

  /** Wrapped in another command; `args` start with those of Node. */
  static async startBehind(
    wrapper: readonly string[],
    directory: string,
    ...args: readonly string[]
  ): Promise<Server> {
    const [program = '', ...rest] = [...wrapper, kNode, ...args, '--listen', '127.0.0.1:0'];
    const child = spawn(program, rest, { cwd: directory });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (url !== undefined) return new Server(child, url);
    }
    throw new Error('the server has not started');
  }

  /** The log so far, once it contains `text`. Errors: it never does. */
  async logged(text: string): Promise<string> {
    // Only a hang takes this long.
    const patience = Date.now() + 120_000;
    while (!this.lines.some((line) => line.includes(text))) {
      if (Date.now() > patience) throw new Error(`"${text}" not in:\n${this.lines.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.lines.join('\n');
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /**
   * Waits until the process has handled all signals: a pending signal swallows the next one of its
   * kind.
   */
  async takenSignals(): Promise<void> {
    for (let pends = true; pends; ) {
      const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
      pends = !/^ShdPnd:\s*0+$/m.test(status);
    }
  }

  /** Resolves with the exit code, or the signal that killed it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    const [code, killer] = await once(this.child, 'exit');
    return code ?? killer;
  }
}
