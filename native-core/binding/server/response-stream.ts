/** An answer that is given piece by piece, no faster than the client reads. */

import { ClientGone, wait } from './exchanges.ts';
import { type ExchangeId, native } from './native.ts';

const kSent: Promise<void> = Promise.resolve();

export class ResponseStream {
  private readonly exchange: ExchangeId;
  private ended = false;

  constructor(exchange: ExchangeId) {
    this.exchange = exchange;
  }

  /**
   * Sends a text (UTF-8) or bytes, which must not be changed afterwards; await it before the next.
   * Errors: rejects with ClientGone; throws after `end`.
   */
  write(chunk: string | Uint8Array): Promise<void> {
    if (this.ended) throw new Error('this answer has ended already');
    switch (native.write(this.exchange, chunk)) {
      case true:
        return kSent;
      case false:
        return wait(this.exchange, 'drained');
      case null:
        return Promise.reject(new ClientGone());
    }
  }

  /** Completes the answer; without it the client sees one that was cut off. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    native.end(this.exchange);
  }
}
