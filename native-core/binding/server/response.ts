/** The answer to one request: given once, by one call. */

import type { Answering } from './exchanges.ts';
import { type ExchangeId, KnownType, native } from './native.ts';
import { ResponseStream } from './response-stream.ts';
import { expectNoMore } from './unanswered.ts';

/** The core frames each message itself: a handler that contradicts the core would split answers. */
type FramingField = 'connection' | 'content-length' | 'date' | 'keep-alive' | 'transfer-encoding';

/** A field's name; the compiler rejects those that belong to the core. */
export type FieldName<Name extends string> = Lowercase<Name> extends FramingField ? never : Name;

/** Values that JSON.stringify accepts; not undefined, functions, symbols and bigints. */
export type JsonValue = string | number | boolean | null | object;

const kFramingFields: ReadonlySet<string> = new Set<FramingField>([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
]);
/** The core sends 8 KiB, part of which it needs for a Content-Type and a file's fields. */
const kMaxFieldBytes = 7_680;
/** `: ` and CRLF. */
const kPunctuationBytes = 4;
/** RFC 9110, section 15.3.6: it has no content. */
const kResetContent = 205;
const kToken = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// RFC 9110, section 5.5: no control characters; CR and LF would begin a field of their own.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const kUnsafe = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** The answer for a handler that has failed. */
export interface Failure {
  readonly status: number;
  readonly text: string;
  readonly keepsFields: boolean;
}

/**
 * Set status and fields, then answer with one of `send`, `json`, `sendFile`, `redirect`, `stream`.
 * For the handler's thread only. Errors: a second answer throws; a disconnected client doesn't.
 */
export class Response implements Answering {
  private readonly exchange: ExchangeId;
  private code = 200;
  private type = '';
  private fields: string[] | null = null;
  private fieldBytes = 0;
  private given = false;
  private whole = false;

  constructor(exchange: ExchangeId) {
    this.exchange = exchange;
  }

  /** Whether the answer was given or begun. */
  get answered(): boolean {
    return this.given;
  }

  /** Whether the whole answer was given. */
  get ended(): boolean {
    return this.whole;
  }

  /**
   * For the server itself: answers for a handler that has failed, or cuts off what it has begun.
   * Fields that it has set are kept if they belong to the failure.
   */
  static fail(response: Response, { status, text, keepsFields }: Failure): void {
    const { exchange, given, fields } = response;
    response.given = true;
    response.whole ||= !given;
    if (given) native.abort(exchange);
    else native.send(exchange, status, KnownType.text, text, keepsFields ? fields : null);
  }

  /** From 200 to 599; 200 by default. */
  status(code: number): this {
    if (!Number.isInteger(code) || code < 200 || code > 599) {
      throw new RangeError(`${code} is not the status of a final answer: use one from 200 to 599`);
    }
    this.code = code;
    return this;
  }

  /**
   * Adds a field. Errors: throws for names and values that would break the message, and a
   * RangeError for more fields than the server sends.
   */
  header<const Name extends string>(name: FieldName<Name>, value: string | number): this {
    const text = String(value);
    if (!kToken.test(name)) throw new TypeError(`"${name}" is not a field name`);
    if (kUnsafe.test(text)) throw new TypeError(`the value of ${name} contains control characters`);
    const lower = name.toLowerCase();
    if (kFramingFields.has(lower)) throw new TypeError(`${name} is set by the server itself`);
    const fieldBytes = this.fieldBytes + name.length + Buffer.byteLength(text) + kPunctuationBytes;
    if (fieldBytes > kMaxFieldBytes) {
      const limit = `the fields of an answer may have at most ${kMaxFieldBytes} bytes together`;
      throw new RangeError(`${limit}: with ${name} they would have ${fieldBytes}`);
    }
    this.fieldBytes = fieldBytes;
    if (lower === 'content-type') {
      this.type = text;
    } else {
      this.fields ??= [];
      this.fields.push(name, text);
    }
    return this;
  }

  /** Answers with a text (UTF-8) or bytes. Errors: throws for any other type. */
  send(body: string | Uint8Array): void {
    if (typeof body === 'string') this.sendAs(KnownType.text, body);
    else if (body instanceof Uint8Array) this.sendAs(KnownType.bytes, body);
    else throw new TypeError('send() takes a string or bytes (Uint8Array): use json() for values');
  }

  /** Errors: throws for values without JSON: undefined, functions, or if `toJSON` returns such. */
  json(value: JsonValue): void {
    const body: string | undefined = JSON.stringify(value);
    if (body === undefined) throw new TypeError(`a value of type ${typeof value} has no JSON form`);
    this.sendAs(KnownType.json, body);
  }

  /**
   * Answers with a file, sent by the kernel from its page cache: handles ranges, ETag and
   * conditions; a missing file is a 404. Status and fields set before take precedence over the
   * file's own; with a status other than 200 the whole file is sent. `path` is relative to `root`
   * (by default the server's own) and can't leave it: one that begins with `/`, or has an empty or
   * hidden segment, is a 404.
   * Errors: throws if `root` can't be opened; then nothing is answered.
   */
  sendFile(path: string, { root }: { readonly root?: string } = {}): void {
    this.checkOpen();
    native.sendFile(this.exchange, this.code, this.type, path, root ?? null, this.fields);
    this.given = true;
    this.whole = true;
  }

  redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): void {
    this.header('Location', location).status(status).send('');
  }

  /**
   * Answers piece by piece. With `length` (in bytes) the client knows how much will come; an answer
   * that ends short of it is cut off, so the client notices.
   * Errors: RangeError for a length that isn't a whole number.
   */
  stream({ length }: { readonly length?: number | undefined } = {}): ResponseStream {
    if (length !== undefined && !(Number.isSafeInteger(length) && length >= 0)) {
      throw new RangeError(`${length} is not a length: use a whole number of bytes, 0 or more`);
    }
    this.checkOpen();
    const bytes = this.code === kResetContent ? 0 : length;
    const type = this.contentType(KnownType.bytes);
    native.begin(this.exchange, this.code, type, this.fields, bytes ?? -1);
    this.given = true;
    expectNoMore(this);
    const onEnd = (): void => {
      this.whole = true;
    };
    return new ResponseStream(this.exchange, { answer: this, length: bytes, onEnd });
  }

  private sendAs(otherwise: KnownType, body: string | Uint8Array): void {
    this.checkOpen();
    const type = this.contentType(otherwise);
    const content = this.code === kResetContent ? '' : body;
    if (this.fields === null) native.send(this.exchange, this.code, type, content);
    else native.send(this.exchange, this.code, type, content, this.fields);
    this.given = true;
    this.whole = true;
  }

  /** The type set before; nothing if no content follows (RFC 9110, section 6.4.1). */
  private contentType(otherwise: KnownType): string | KnownType {
    const isEmpty = this.code === 204 || this.code === 304 || this.code === kResetContent;
    return this.type || (isEmpty ? KnownType.none : otherwise);
  }

  private checkOpen(): void {
    if (this.given) {
      throw new Error('this request has already been answered: a handler may answer only once');
    }
  }
}
