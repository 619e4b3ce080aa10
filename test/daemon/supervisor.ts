/** A service manager that records its notifications. Node has no AF_UNIX datagrams: socat has. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { eventually } from '../blackbox/wire.ts';

export class FakeSupervisor {
  readonly path: string;
  readonly #child: ChildProcess;
  #text = '';

  private constructor(path: string, child: ChildProcess) {
    this.path = path;
    this.#child = child;
    child.stdout?.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString();
    });
  }

  static async listen(path: string): Promise<FakeSupervisor> {
    const child = spawn('socat', ['-u', `UNIX-RECV:${path},mode=0666`, '-'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await eventually('its socket', () => existsSync(path) || undefined);
    return new FakeSupervisor(path, child);
  }

  /** The notifications, once there are this many. */
  heard(count: number): Promise<readonly string[]> {
    return eventually('its messages', () => {
      const messages = this.#text.match(/[A-Z_]+=[^A-Z\n]*/g) ?? [];
      return messages.length >= count ? messages : undefined;
    });
  }

  close(): void {
    this.#child.kill();
  }
}
