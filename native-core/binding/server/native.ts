/** The addon as seen by JavaScript: one call per action, and numbers as identities. */

import { createRequire } from 'node:module';

/** One request and its answer, from the first call of its handler to its end. Never reused. */
export type ExchangeId = number;

/** Later events of an exchange that was watched, paused or streamed. */
export const ExchangeEvent = {
  /** More of the request's body can be read. */
  readable: 0,
  /** What was written has been sent: continue. */
  drained: 1,
  /** The answer has been sent. Nothing follows. */
  finished: 2,
  /** The connection was closed first. Nothing follows. */
  gone: 3,
  /** The rest of the body was refused, and the client was told. Nothing follows. */
  refused: 4,
  /** Its handler has missed its deadline, and the client was told. Nothing follows. */
  overdue: 5,
} as const;

export type ExchangeEvent = (typeof ExchangeEvent)[keyof typeof ExchangeEvent];

/** Content types so common that the addon has their texts itself. */
export const KnownType = { none: 0, text: 1, bytes: 2, json: 3 } as const;

export type KnownType = (typeof KnownType)[keyof typeof KnownType];

export interface NativeRoute {
  readonly method: string;
  readonly path: string;
  /** 0: the server's. */
  readonly maxBodyBytes: number;
}

export interface NativeCalls {
  /** A request has arrived for the route with this index. Must not throw. */
  readonly onRequest: (route: number, exchange: ExchangeId) => void;
  /** Must not throw. */
  readonly onEvent: (exchange: ExchangeId, event: ExchangeEvent) => void;
}

/** Present in every addon: reads and answers requests by their number. */
interface Native {
  // Reading a request. All of these return `undefined` once the exchange is over.
  readonly method: (exchange: ExchangeId) => string | undefined;
  readonly target: (exchange: ExchangeId) => string | undefined;
  readonly peer: (exchange: ExchangeId) => string | undefined;
  /** Empty if the server doesn't name requests, or if the client has sent none. */
  readonly id: (exchange: ExchangeId) => string | undefined;
  readonly traceParent: (exchange: ExchangeId) => string | undefined;
  /** `null` if there is none. */
  readonly header: (exchange: ExchangeId, name: string) => string | null | undefined;
  /** Decoded; `null` if an escape is malformed. */
  readonly param: (exchange: ExchangeId, name: string) => string | null | undefined;
  /** A piece of the body; `null` at its end; `undefined` if none has arrived (or ever will). */
  readonly read: (exchange: ExchangeId) => Uint8Array | null | undefined;

  /** False: there is no room to hold that many bytes of the body until the exchange is over. */
  readonly claim: (exchange: ExchangeId, bytes: number) => boolean;

  /** Reports `finished` or `gone` later; false if the exchange is over already. */
  readonly watch: (exchange: ExchangeId) => boolean;

  // Answering. False if the client has disconnected: there is nothing left to do.
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
  /** A negative length: unknown. */
  readonly begin: (
    exchange: ExchangeId,
    status: number,
    type: string | KnownType,
    fields: readonly string[] | null,
    length: number,
  ) => boolean;
  /** `null`: the client has disconnected; false: wait for `drained` before the next. */
  readonly write: (exchange: ExchangeId, chunk: string | Uint8Array) => boolean | null;
  readonly end: (exchange: ExchangeId) => boolean;
  /** Closes the connection: the answer can't be completed correctly. */
  readonly abort: (exchange: ExchangeId) => void;
}

const require: NodeJS.Require = createRequire(import.meta.url);

/** Everything that the addon exports; the architecture determines which classes. */
export const addon: unknown = require('../../build/Release/server.node');

const all = addon as Native;

/** In an object of their own: among all exports of the addon, V8 would look them up by hash. */
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
