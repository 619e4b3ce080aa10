/** One raw TCP (or UNIX) connection; the caller controls every byte, half-close and reset. */

import { connect, type Socket } from 'node:net';
import { type Answer, MalformedResponse, ResponseReader } from './response.ts';

export type Address = (
  | { readonly host: string; readonly port: number; readonly localAddress?: string }
  | { readonly path: string }
) & {
  /** Every byte is XORed with this mask, in both directions. Default: 0, unchanged. */
  readonly mask?: number;
};

/** `closed` is the peer's FIN; `reset` is a RST (or any other socket error). */
export type Fate = 'open' | 'closed' | 'reset';

/** How long any single wait may last; it limits hangs, and measures nothing. */
export const patienceMs = 120_000;

export class Wire {
  fate: Fate = 'open';
  /** True once the peer has answered any of our bytes with a RST, even after its FIN. */
  wasReset = false;
  /** The number of bytes received; the bytes themselves go to the reader. */
  receivedCount = 0;
  readonly reader: ResponseReader;
  private readonly socket: Socket;
  private readonly mask: number;
  private broken: Error | null = null;
  private watchers: (() => void)[] = [];

  private constructor(socket: Socket, mask: number, methods: readonly string[]) {
    this.socket = socket;
    this.mask = mask;
    this.reader = new ResponseReader(methods);
    socket.on('data', (chunk) => this.receive(this.disguised(chunk)));
    socket.on('end', () => this.settle('closed'));
    socket.on('error', () => {
      this.wasReset = true;
      this.settle('reset');
    });
    socket.on('close', () => this.settle('reset'));
  }

  /** The TCP port; 0 for a UNIX socket. */
  get localPort(): number {
    return this.socket.localPort ?? 0;
  }

  /** Connects; `methods` are those of the requests to be sent, in order. */
  static open(address: Address, methods: readonly string[] = []): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...address, allowHalfOpen: true, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Wire(socket, address.mask ?? 0, methods));
      });
    });
  }

  /** Queues bytes; strings are Latin-1, so every byte can be written as a character. */
  write(bytes: string | Buffer): void {
    if (this.socket.destroyed || !this.socket.writable) return;
    const plain = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    this.socket.write(this.disguised(plain));
  }

  /** Resolves when the kernel has everything that was written, or the connection is closed. */
  handedOver(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.destroyed || !this.socket.writable) resolve();
      else this.socket.write('', () => resolve());
    });
  }

  /** FIN: no more requests, still reading. */
  finish(): void {
    this.socket.end();
  }

  /** RST now. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** Stops reading, so the kernel's receive buffer fills up. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Waits for `count` final responses in all. Errors: the connection ended first, or bad bytes. */
  async answers(count: number): Promise<readonly Answer[]> {
    const { answers } = this.reader;
    await this.until(`${count} answers`, () => answers.length >= count || this.fate !== 'open');
    if (answers.length < count) {
      const rest = this.reader.rest.subarray(0, 300).toString('latin1');
      throw new Error(
        `${this.fate} after ${answers.length} of ${count} answers, rest ${JSON.stringify(rest)}`,
      );
    }
    return answers.slice(0, count);
  }

  /** Waits for the server's FIN or RST. */
  async ended(): Promise<Fate> {
    await this.until('the end of the connection', () => this.fate !== 'open');
    return this.fate;
  }

  /** Waits until `done()` holds; it is checked after each event of this connection. */
  until(what: string, done: () => boolean, limitMs: number = patienceMs): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (error: Error | null): void => {
        clearTimeout(timer);
        this.watchers = this.watchers.filter((watcher) => watcher !== look);
        if (error === null) resolve();
        else reject(error);
      };
      const look = (): void => {
        if (this.broken !== null) finish(this.broken);
        else if (done()) finish(null);
      };
      const seen = () => `${this.reader.answers.length} answers, ${this.receivedCount} bytes`;
      const timer = setTimeout(
        () => finish(new Error(`waited ${limitMs} ms for ${what}; got ${seen()}, ${this.fate}`)),
        limitMs,
      );
      this.watchers.push(look);
      look();
    });
  }

  private receive(chunk: Buffer): void {
    this.receivedCount += chunk.length;
    try {
      this.reader.push(chunk);
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.broken = error;
    }
    this.notify();
  }

  private disguised(bytes: Buffer): Buffer {
    if (this.mask === 0) return bytes;
    const changed = Buffer.from(bytes);
    for (const [at, byte] of bytes.entries()) changed[at] = byte ^ this.mask;
    return changed;
  }

  private settle(fate: Fate): void {
    if (this.fate === 'open') this.fate = fate;
    this.notify();
  }

  private notify(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** Opens, runs, and always destroys. */
export async function withWire<T>(
  address: Address,
  methods: readonly string[],
  talk: (wire: Wire) => Promise<T>,
): Promise<T> {
  const wire = await Wire.open(address, methods);
  try {
    return await talk(wire);
  } finally {
    wire.destroy();
  }
}

/** One request on its own connection; `text` is the whole request. */
export async function ask(
  address: Address,
  text: string | Buffer,
  method = 'GET',
): Promise<Answer> {
  return withWire(address, [method], async (wire) => {
    wire.write(text);
    const [answer] = await wire.answers(1);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Tries until `look` returns a value. Errors: the last one, when patience runs out. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  limitMs: number = patienceMs,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  let last: unknown = null;
  while (Date.now() < deadline) {
    try {
      const value = await look();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await sleep(5);
  }
  throw new Error(`never saw ${what} in ${limitMs} ms`, { cause: last });
}

/** Waits until nothing is listening there any more. */
export async function refusesConnections(address: Address): Promise<void> {
  await eventually('the end of its listening', () =>
    Wire.open(address).then(
      (wire) => wire.destroy(),
      () => true,
    ),
  );
}
