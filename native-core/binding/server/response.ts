/** The answer to one request: given once, by one crossing. */

import { type ExchangeId, native } from './native.ts';
import { ResponseStream } from './response-stream.ts';
import { expectNoMore } from './unanswered.ts';

/** The core frames each message itself: a handler that contradicts it would split answers. */
type FramingField = 'connection' | 'content-length' | 'date' | 'keep-alive' | 'transfer-encoding';

/** A field's name; the compiler refuses those that are the core's. */
export type FieldName<Name extends string> = Lowercase<Name> extends FramingField ? never : Name;

/** What JSON.stringify makes a text of; not undefined, functions, symbols and bigints. */
export type JsonValue = string | number | boolean | null | object;

const kFramingFields: ReadonlySet<string> = new Set<FramingField>([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
]);
const kToken = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// RFC 9110, section 5.5: no control characters; CR and LF would begin a field of their own.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const kUnsafe = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * Set status and fields, then answer by one of `send`, `json`, `sendFile`, `redirect`, `stream`.
 * For the handler's thread only. Errors: a second answer throws; a client that has gone does not.
 */
export class Response {
  private readonly exchange: ExchangeId;
  private code = 200;
  private type = '';
  private fields: string[] | null = null;
  private given = false;

  constructor(exchange: ExchangeId) {
    this.exchange = exchange;
  }

  /** Whether the answer has been given, or begun. */
  get answered(): boolean {
    return this.given;
  }

  /** From 200 to 599; 200 where it is not called. */
  status(code: number): this {
    if (!Number.isInteger(code) || code < 200 || code > 599) {
      throw new RangeError(`${code} is no status of a final answer: use one from 200 to 599`);
    }
    this.code = code;
    return this;
  }

  /** Adds a field. Errors: throws for names and values that would break the message. */
  header<const Name extends string>(name: FieldName<Name>, value: string | number): this {
    const text = String(value);
    if (!kToken.test(name)) throw new TypeError(`"${name}" is not a field name`);
    if (kUnsafe.test(text)) throw new TypeError(`the value of ${name} has control characters`);
    const lower = name.toLowerCase();
    if (kFramingFields.has(lower)) throw new TypeError(`${name} is set by the server itself`);
    if (lower === 'content-type') {
      this.type = text;
    } else {
      this.fields ??= [];
      this.fields.push(name, text);
    }
    return this;
  }

  /** Answers with a text (UTF-8) or bytes; bytes must not be changed afterwards. */
  send(body: string | Uint8Array): void {
    this.give();
    const type = this.contentType(defaultType(body));
    native.send(this.exchange, this.code, type, body, this.fields);
  }

  json(value: JsonValue): void {
    const body = JSON.stringify(value);
    this.give();
    const type = this.contentType('application/json');
    native.send(this.exchange, this.code, type, body, this.fields);
  }

  /**
   * Answers with a file, whose bytes go from the kernel's page cache to the socket: ranges, ETag
   * and conditions are dealt with, a missing one is a 404. Status and fields that were set before
   * go before the file's own; with another status than 200 the whole file is sent. `path` stands
   * below `root` (by default the server's own) and cannot leave it.
   */
  sendFile(path: string, { root }: { readonly root?: string } = {}): void {
    this.give();
    native.sendFile(this.exchange, this.code, this.type, path, root ?? null, this.fields);
  }

  redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): void {
    this.header('Location', location).status(status).send('');
  }

  /**
   * Answers piece by piece. With `length` (in bytes) the client knows how much will come; an answer
   * that ends short of it is cut off, so that the client notices.
   */
  stream({ length = -1 }: { readonly length?: number | undefined } = {}): ResponseStream {
    this.give();
    expectNoMore(this);
    const type = this.contentType('application/octet-stream');
    native.begin(this.exchange, this.code, type, this.fields, length);
    return new ResponseStream(this.exchange);
  }

  /** What was set before; nothing where no content follows (RFC 9110, section 6.4.1). */
  private contentType(otherwise: string): string {
    const isEmpty = this.code === 204 || this.code === 304;
    return this.type || (isEmpty ? '' : otherwise);
  }

  private give(): void {
    if (this.given) {
      throw new Error('this request has been answered already: a handler may answer once');
    }
    this.given = true;
  }
}

function defaultType(body: string | Uint8Array): string {
  return typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
