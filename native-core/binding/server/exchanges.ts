/** The exchanges of this thread that wait for something; others cost nothing here. */

import { AsyncResource } from 'node:async_hooks';
import { ExchangeEvent, type ExchangeId, native } from './native.ts';

/** An exchange has ended before its answer was complete. Not the fault of its handler. */
abstract class CutOff extends Error {
  readonly #exchange: ExchangeId;

  constructor(exchange: ExchangeId, message: string) {
    super(message);
    this.#exchange = exchange;
  }

  /** Handlers may also wait for the clients of other exchanges. */
  isOf(exchange: ExchangeId): boolean {
    return this.#exchange === exchange;
  }
}

/** The connection was closed before the exchange was complete. */
export class ClientGone extends CutOff {
  readonly code = 'ECONNRESET';

  constructor(exchange: ExchangeId) {
    super(exchange, 'the client has closed the connection');
    this.name = 'ClientGone';
  }
}

/** The rest of a body was refused while its handler was reading: the server has answered itself. */
export class BodyRefused extends CutOff {
  constructor(exchange: ExchangeId) {
    super(exchange, 'the rest of the body was refused: it is too long, too slow or malformed');
    this.name = 'BodyRefused';
  }
}

/** The handler didn't begin its answer within `--handler-timeout-ms`: the client got a 503. */
export class HandlerOverdue extends CutOff {
  readonly code = 'ETIMEDOUT';

  constructor(exchange: ExchangeId) {
    super(exchange, 'the handler has not answered by its deadline: the client got a 503');
    this.name = 'HandlerOverdue';
  }
}

/** Whether `error` only reports that this exchange was cut off, directly or as its cause. */
export function isCutOff(error: unknown, exchange: ExchangeId): boolean {
  if (error instanceof CutOff) return error.isOf(exchange);
  return error instanceof Error && error.cause instanceof CutOff && error.cause.isOf(exchange);
}

export function exchangeOver(): Error {
  return new Error('the exchange is over: read all you need from a request before you answer it');
}

/** What waiting code must know about the answer to an exchange. */
export interface Answering {
  /** The whole answer has been given. */
  readonly ended: boolean;
}

interface Wait {
  readonly event: 'readable' | 'drained';
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Watch {
  /** Weak: an answer that is no longer referenced was abandoned (unanswered.ts). */
  readonly answer: WeakRef<Answering>;
  waits: readonly Wait[];
  readonly onGone: Set<(error: Error) => void>;
}

const watches = new Map<ExchangeId, Watch>();
/** Why exchanges ended that were cut off while watched: for calls that ask later. */
const cutOffs = new WeakMap<Answering, () => Error>();

/**
 * Resolves on `event`, for all who wait for it.
 * Errors: rejects with ClientGone, BodyRefused or HandlerOverdue; for `readable` with
 * `exchangeOver` if the answer is given first. Bytes written before the end of an answer count as
 * sent.
 */
export function wait(
  exchange: ExchangeId,
  event: 'readable' | 'drained',
  answer: Answering,
): Promise<void> {
  const watch = watchOf(exchange, answer);
  if (watch === null) return Promise.reject(endOf(exchange, answer));
  return new Promise((resolve, reject) => {
    watch.waits = [...watch.waits, { event, resolve, reject }];
  });
}

/**
 * Calls back when the exchange is cut off, in the caller's async context: at once if it was
 * already, never once its answer has been given.
 */
export function whenGone(
  exchange: ExchangeId,
  answer: Answering,
  onGone: (error: Error) => void,
): void {
  const watch = watchOf(exchange, answer);
  if (watch !== null) watch.onGone.add(AsyncResource.bind(onGone));
  else if (!answer.ended) onGone(endOf(exchange, answer));
}

/** For the core only: passes on the events that it reports. */
export function onEvent(exchange: ExchangeId, event: ExchangeEvent): void {
  const watch = watches.get(exchange);
  if (watch === undefined) return;
  switch (event) {
    case ExchangeEvent.readable:
      resolve(watch, 'readable');
      break;
    case ExchangeEvent.drained:
      resolve(watch, 'drained');
      break;
    case ExchangeEvent.finished:
      watches.delete(exchange);
      resolve(watch, 'drained');
      reject(watch, exchangeOver);
      break;
    case ExchangeEvent.gone:
      cutOff(exchange, watch, () => new ClientGone(exchange));
      break;
    case ExchangeEvent.refused:
      cutOff(exchange, watch, () => new BodyRefused(exchange));
      break;
    case ExchangeEvent.overdue:
      cutOff(exchange, watch, () => new HandlerOverdue(exchange));
      break;
  }
}

function resolve(watch: Watch, event: Wait['event']): void {
  const all = watch.waits;
  watch.waits = all.filter((wait) => wait.event !== event);
  for (const wait of all) if (wait.event === event) wait.resolve();
}

function reject(watch: Watch, makeError: () => Error): void {
  for (const wait of watch.waits) wait.reject(makeError());
  watch.waits = [];
}

function cutOff(exchange: ExchangeId, watch: Watch, makeError: () => Error): void {
  watches.delete(exchange);
  const answer = watch.answer.deref();
  if (answer !== undefined) cutOffs.set(answer, makeError);
  reject(watch, makeError);
  for (const onGone of watch.onGone) onGone(makeError());
}

/** Why waiting for a finished exchange is impossible. */
export function endOf(exchange: ExchangeId, answer: Answering): Error {
  if (answer.ended) return exchangeOver();
  return cutOffs.get(answer)?.() ?? new ClientGone(exchange);
}

/** Null: the exchange is over. The core reports the end of each watched one exactly once. */
function watchOf(exchange: ExchangeId, answer: Answering): Watch | null {
  const present = watches.get(exchange);
  if (present !== undefined) return present;
  if (!native.watch(exchange)) return null;
  const watch: Watch = { answer: new WeakRef(answer), waits: [], onGone: new Set() };
  watches.set(exchange, watch);
  return watch;
}
