/** The addon as JavaScript sees it: one crossing per thing, and numbers for identities. */

import { createRequire } from 'node:module';

/** One request and its answer, from the first call of its handler to its end. Never used again. */
export type ExchangeId = number;

/** What an exchange that was watched, paused or streamed reports later. */
export const ExchangeEvent = {
  /** More of the request's body can be read. */
  readable: 0,
  /** What was written has been sent: go on. */
  drained: 1,
  /** The answer is out. Nothing follows. */
  finished: 2,
  /** The connection was closed first. Nothing follows. */
  gone: 3,
  /** The rest of the body was refused, and the client was told so. Nothing follows. */
  refused: 4,
  /** Its handler has passed its deadline, and the client was told so. Nothing follows. */
  overdue: 5,
} as const;

export type ExchangeEvent = (typeof ExchangeEvent)[keyof typeof ExchangeEvent];

/** Content types that are sent so often that the addon has their texts itself. */
export const KnownType = { none: 0, text: 1, bytes: 2, json: 3 } as const;

export type KnownType = (typeof KnownType)[keyof typeof KnownType];

export interface NativeRoute {
  readonly method: string;
  readonly path: string;
  /** 0: the server's. */
  readonly maxBodyBytes: number;
}

export interface NativeCalls {
  /** A request has come for the route with this index. Must not throw. */
  readonly onRequest: (route: number, exchange: ExchangeId) => void;
  /** Must not throw. */
  readonly onEvent: (exchange: ExchangeId, event: ExchangeEvent) => void;
}

/** What every addon has: requests are read and answered by their number. */
interface Native {
  // Reading a request. All of them answer `undefined` once the exchange is over.
  readonly method: (exchange: ExchangeId) => string | undefined;
  readonly target: (exchange: ExchangeId) => string | undefined;
  readonly peer: (exchange: ExchangeId) => string | undefined;
  /** Empty where the server names no requests; and where the client has sent none. */
  readonly id: (exchange: ExchangeId) => string | undefined;
  readonly traceParent: (exchange: ExchangeId) => string | undefined;
  /** `null` where there is none. */
  readonly header: (exchange: ExchangeId, name: string) => string | null | undefined;
  /** Decoded; `null` where an escape is malformed. */
  readonly param: (exchange: ExchangeId, name: string) => string | null | undefined;
  /**
   * A piece of the body; `null` at its end; `undefined` when none is here yet (or never will be).
   */
  readonly read: (exchange: ExchangeId) => Uint8Array | null | undefined;

  /** False: there is no room to hold so many bytes of its body until it is over. */
  readonly claim: (exchange: ExchangeId, bytes: number) => boolean;

  /** Reports `finished` or `gone` later; false when the exchange is over already. */
  readonly watch: (exchange: ExchangeId) => boolean;

  // Answering. False when the client has gone: there is nothing left to do.
  readonly send: (
    exchange: ExchangeId,
    status: number,
    type: string | KnownType,
    body: string | Uint8Array,
    fields?: readonly string[] | null,
  ) => boolean;
  readonly sendFile: (
    exchange: ExchangeId,
    status: number,
    type: string,
    path: string,
    root: string | null,
    fields: readonly string[] | null,
  ) => boolean;
  /** A negative length: not known yet. */
  readonly begin: (
    exchange: ExchangeId,
    status: number,
    type: string | KnownType,
    fields: readonly string[] | null,
    length: number,
  ) => boolean;
  /** `null`: the client has gone; false: wait for `drained` before the next. */
  readonly write: (exchange: ExchangeId, chunk: string | Uint8Array) => boolean | null;
  readonly end: (exchange: ExchangeId) => boolean;
  /** Closes the connection: the answer cannot be completed honestly. */
  readonly abort: (exchange: ExchangeId) => void;
}

const require: NodeJS.Require = createRequire(import.meta.url);

/** All that the addon exports: which classes, the architecture says. */
export const addon: unknown = require('../../build/Release/server.node');

const all = addon as Native;

/** In an object of their own: V8 would look them up by hash among all that the addon exports. */
export const native: Native = {
  method: all.method,
  target: all.target,
  peer: all.peer,
  id: all.id,
  traceParent: all.traceParent,
  header: all.header,
  param: all.param,
  read: all.read,
  claim: all.claim,
  watch: all.watch,
  send: all.send,
  sendFile: all.sendFile,
  begin: all.begin,
  write: all.write,
  end: all.end,
  abort: all.abort,
};
