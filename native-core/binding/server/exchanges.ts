/** The exchanges of this thread that wait for something: nothing stands here for the others. */

import { AsyncResource } from 'node:async_hooks';
import { ExchangeEvent, type ExchangeId, native } from './native.ts';

/**
 * The client closed its connection before the exchange was complete. Not a fault of the handler.
 */
export class ClientGone extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('the client has closed the connection');
    this.name = 'ClientGone';
  }
}

interface Watch {
  readable: (() => void) | null;
  drained: (() => void) | null;
  readonly onGone: Set<() => void>;
}

const watches = new Map<ExchangeId, Watch>();

/** Resolves when `event` comes; rejects with ClientGone when the client goes first. */
export function wait(exchange: ExchangeId, event: 'readable' | 'drained'): Promise<void> {
  const watch = watchOf(exchange);
  if (watch === null) return Promise.reject(new ClientGone());
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      watch[event] = null;
      watch.onGone.delete(gone);
      resolve();
    };
    const gone = (): void => reject(new ClientGone());
    watch[event] = settle;
    watch.onGone.add(gone);
  });
}

/**
 * Calls back when the client goes before its answer is out, in the async context of the caller: at
 * once when it has gone already.
 */
export function whenGone(exchange: ExchangeId, onGone: () => void): void {
  const watch = watchOf(exchange);
  if (watch === null) onGone();
  else watch.onGone.add(AsyncResource.bind(onGone));
}

/** For the core only: passes on what it reports. */
export function onEvent(exchange: ExchangeId, event: ExchangeEvent): void {
  const watch = watches.get(exchange);
  if (watch === undefined) return;
  switch (event) {
    case ExchangeEvent.readable:
      watch.readable?.();
      break;
    case ExchangeEvent.drained:
      watch.drained?.();
      break;
    case ExchangeEvent.finished:
      watches.delete(exchange);
      break;
    case ExchangeEvent.gone:
      watches.delete(exchange);
      for (const onGone of watch.onGone) onGone();
      break;
  }
}

/** Null: the exchange is over. The core reports the end of each that is watched, exactly once. */
function watchOf(exchange: ExchangeId): Watch | null {
  const present = watches.get(exchange);
  if (present !== undefined) return present;
  if (!native.watch(exchange)) return null;
  const watch: Watch = { readable: null, drained: null, onGone: new Set() };
  watches.set(exchange, watch);
  return watch;
}
