/** A client's request. Holds only a number; handlers fetch the rest when they need it. */

import { Body } from './body.ts';
import { type Answering, exchangeOver, whenGone } from './exchanges.ts';
import { HttpError } from './http-error.ts';
import { type ExchangeId, native } from './native.ts';
import { authorityOf, pathOf } from './target.ts';

/**
 * One request. Valid until its answer has been given, so read what you need before.
 * For the handler's thread only. Errors: reading from it later throws.
 */
export class Request<Params extends object = Readonly<Record<string, string>>> {
  private readonly exchange: ExchangeId;
  private readonly paramNames: readonly string[];
  private readonly answer: Answering;
  private wholeTarget: string | null = null;
  private wholeBody: Body | null = null;
  private abort: AbortController | null = null;

  constructor(exchange: ExchangeId, paramNames: readonly string[], answer: Answering) {
    this.exchange = exchange;
    this.paramNames = paramNames;
    this.answer = answer;
  }

  get method(): string {
    return present(native.method(this.exchange));
  }

  /** As written by the client: `/users/7?verbose=1`, or `http://host/users/7`. */
  get target(): string {
    this.wholeTarget ??= present(native.target(this.exchange));
    return this.wholeTarget;
  }

  /**
   * `/users/a%20b`, as seen by routes: not decoded, but normalized, so equivalent paths are equal:
   * `/%61` is `/a` and `/%c3` is `/%C3`.
   */
  get path(): string {
    return pathOf(this.target);
  }

  /** The host that the client wants: `example.com:8080`; the target's authority precedes `Host`. */
  get host(): string {
    return authorityOf(this.target) ?? this.header('Host') ?? '';
  }

  get query(): URLSearchParams {
    const { target } = this;
    const start = target.indexOf('?');
    return new URLSearchParams(start === -1 ? '' : target.slice(start + 1));
  }

  /**
   * The decoded segments that the route's path names.
   * Errors: HttpError 400 if they aren't valid UTF-8.
   */
  get params(): Params {
    const entries = this.paramNames.map((name) => [name, this.param(name)] as const);
    // The core has matched the route's path: each of its names has a segment.
    return Object.fromEntries(entries) as Params;
  }

  /**
   * The value of a field, its name in any case; several fields of one name are joined by `, `. Each
   * byte is a character (latin1), as in Node.
   */
  header(name: string): string | undefined {
    const value = native.header(this.exchange, name);
    if (value === undefined) throw exchangeOver();
    return value ?? undefined;
  }

  /** The client's address: `127.0.0.1:50312`. */
  get peer(): string {
    return present(native.peer(this.exchange));
  }

  /** The request's name in the logs of all servers; empty if this server doesn't name requests. */
  get id(): string {
    return present(native.id(this.exchange));
  }

  /** The request's position in a trace (W3C `traceparent`), if its client has sent a valid one. */
  get traceParent(): string | undefined {
    return present(native.traceParent(this.exchange)) || undefined;
  }

  /** The length of the body in bytes; undefined if the client doesn't announce it. */
  get bodyLength(): number | undefined {
    if (this.header('Transfer-Encoding') !== undefined) return undefined;
    return Number(this.header('Content-Length') ?? 0);
  }

  /**
   * The body, piece by piece as it arrives; unread pieces aren't read from the network. A body of
   * up to 64 KiB is complete before its handler is called.
   */
  get body(): AsyncIterable<Uint8Array> {
    return this.ownBody();
  }

  /** The whole body: at most `--max-body-bytes`, or the limit of its route. */
  bytes(): Promise<Uint8Array> {
    return this.ownBody().bytes();
  }

  /** The whole body as UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /**
   * The whole body as JSON of any shape: validate it, for example with zod.
   * Errors: HttpError 400 for invalid JSON.
   */
  async json(): Promise<unknown> {
    const text = await this.text();
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new HttpError(400, 'the body is not JSON', { cause });
    }
  }

  /**
   * Aborted when no one waits for the answer any more: pass it to anything that takes long. Its
   * reason says why: the client has disconnected (ClientGone), or the handler has missed its
   * deadline (HandlerOverdue). Never aborted once the answer has been given. A client that has only
   * closed its own side (a FIN) may still read: it counts as disconnected only with `--half-close
   * abort`.
   */
  get signal(): AbortSignal {
    if (this.abort === null) {
      const abort = new AbortController();
      whenGone(this.exchange, this.answer, (error) => abort.abort(error));
      this.abort = abort;
    }
    return this.abort.signal;
  }

  private param(name: string): string {
    const value = native.param(this.exchange, name);
    if (value === undefined) throw exchangeOver();
    if (value === null)
      throw new HttpError(400, 'the path is malformed: its escapes must decode to UTF-8');
    return value;
  }

  private ownBody(): Body {
    this.wholeBody ??= new Body(this.exchange, this.answer);
    return this.wholeBody;
  }
}

function present(value: string | undefined): string {
  if (value === undefined) throw exchangeOver();
  return value;
}
