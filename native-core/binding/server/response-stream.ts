/** An answer given piece by piece, no faster than the client reads. */

import { type Answering, endOf, wait } from './exchanges.ts';
import { type ExchangeId, native } from './native.ts';

const kSent: Promise<void> = Promise.resolve();

export interface StreamParts {
  readonly answer: Answering;
  /** In bytes; undefined if unknown. */
  readonly length: number | undefined;
  readonly onEnd: () => void;
}

export class ResponseStream {
  private readonly exchange: ExchangeId;
  private readonly answer: Answering;
  private readonly length: number | undefined;
  private readonly onEnd: () => void;
  private written = 0;
  private ended = false;

  constructor(exchange: ExchangeId, { answer, length, onEnd }: StreamParts) {
    this.exchange = exchange;
    this.answer = answer;
    this.length = length;
    this.onEnd = onEnd;
  }

  /**
   * Sends a text (UTF-8) or bytes; await it before the next.
   * Errors: rejects with ClientGone or BodyRefused; throws after `end`, for any other type, and a
   * RangeError for more than the announced length.
   */
  write(chunk: string | Uint8Array): Promise<void> {
    if (this.ended) throw new Error('this answer has already ended');
    this.count(chunk);
    switch (native.write(this.exchange, chunk)) {
      case true:
        return kSent;
      case false:
        return wait(this.exchange, 'drained', this.answer);
      case null:
        return Promise.reject(endOf(this.exchange, this.answer));
    }
  }

  /** Completes the answer; without it the client sees a truncated one. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd();
    native.end(this.exchange);
  }

  private count(chunk: string | Uint8Array): void {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      throw new TypeError('a piece of an answer must be a string or bytes (Uint8Array)');
    }
    if (this.length === undefined) return;
    const size = Buffer.byteLength(chunk);
    if (this.written + size > this.length) {
      const rest = this.length - this.written;
      throw new RangeError(
        `${size} bytes are too many: only ${rest} of the announced ${this.length} are left`,
      );
    }
    this.written += size;
  }
}
