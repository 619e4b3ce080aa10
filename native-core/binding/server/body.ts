/** The body of a request, pulled piece by piece: the core reads no further than the handler. */

import { type Answering, wait } from './exchanges.ts';
import { HttpError } from './http-error.ts';
import { type ExchangeId, native } from './native.ts';

const kEmpty: Uint8Array = new Uint8Array(0);
/** Every request may hold this much, whatever the others do: `MemoryBudget::kFreeBytes`. */
const kFreeBytes = 65_536;

/** See `--max-buffered-bytes`. */
function noRoom(): Error {
  return new HttpError(503, 'the server has no memory left for this body: try again later');
}

export class Body implements AsyncIterable<Uint8Array> {
  private readonly exchange: ExchangeId;
  private readonly answer: Answering;
  private taken = false;

  constructor(exchange: ExchangeId, answer: Answering) {
    this.exchange = exchange;
    this.answer = answer;
  }

  /**
   * The whole body. Errors: throws if it was taken before; ClientGone, BodyRefused; HttpError 503.
   */
  async bytes(): Promise<Uint8Array> {
    this.take();
    let first: Uint8Array | null = null;
    const more: Uint8Array[] = [];
    let size = 0;
    for (let piece = await this.next(); piece !== null; piece = await this.next()) {
      if (first === null) first = piece;
      else more.push(piece);
      size += piece.length;
      if (size > kFreeBytes && !native.claim(this.exchange, size)) throw noRoom();
    }
    if (first === null) return kEmpty;
    return more.length === 0 ? first : Buffer.concat([first, ...more]);
  }

  /** Errors: those of `bytes`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.take();
    for (let piece = await this.next(); piece !== null; piece = await this.next()) yield piece;
  }

  private async next(): Promise<Uint8Array | null> {
    let piece = native.read(this.exchange);
    while (piece === undefined) {
      await wait(this.exchange, 'readable', this.answer);
      piece = native.read(this.exchange);
    }
    return piece;
  }

  private take(): void {
    if (this.taken) throw new Error('the body of this request has already been read');
    this.taken = true;
  }
}
