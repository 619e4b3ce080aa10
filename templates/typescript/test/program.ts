import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The built server, run as a user would. */
export class Program {
  readonly url: string;
  private readonly child: ChildProcess;
  private log = '';

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    child.stderr?.on('data', (bytes: Buffer) => {
      this.log += bytes.toString();
    });
  }

  /** Resolves once it serves, on a free port. */
  static async start(...args: readonly string[]): Promise<Program> {
    const child = spawn(process.execPath, ['dist/main.js', '--listen', '127.0.0.1:0', ...args]);
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (url !== undefined) return new Program(child, url);
    }
    throw new Error(`the server has not started: ${child.stderr.read()}`);
  }

  /** What its log holds so far. */
  get logged(): string {
    return this.log;
  }

  /** Asks it to end, and resolves with its exit code once all of its log is here. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    this.child.kill('SIGTERM');
    const [code] = await once(this.child, 'close');
    return code as number | null;
  }
}
