/**
 * A strict HTTP/1.1 response reader: what a lenient client would forgive is an error here.
 * See: RFC 9112 (framing), RFC 9110 (fields).
 */

export interface Answer {
  readonly status: number;
  readonly reason: string;
  /** Lower-case names; a repeated field is joined with ", ". */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Thrown for bytes that aren't a well-formed response; the message shows them. */
export class MalformedResponse extends Error {}

const statusLine = /^HTTP\/1\.1 ([1-5]\d\d) ([\t\x20-\x7e\x80-\xff]*)$/;
const field =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*((?:[\x21-\x7e\x80-\xff](?:.*[\x21-\x7e\x80-\xff])?)?)[ \t]*$/;
/** RFC 9110 section 5.6.7: IMF-fixdate, the only format a sender may use. */
const fixdate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const singletons = new Set([
  'content-length',
  'content-type',
  'content-range',
  'date',
  'etag',
  'last-modified',
  'location',
  'server',
  'transfer-encoding',
]);

interface Head {
  readonly status: number;
  readonly reason: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** Cuts responses off a byte stream. `methods[i]` is the method that response i answers. */
export class ResponseReader {
  readonly answers: Answer[] = [];
  /** Interim (1xx) responses, which may be sent or not without changing the meaning. */
  readonly interim: number[] = [];
  private chunks: Buffer[] = [];
  private size = 0;
  private wanted = 0;
  private head: Head | null = null;
  private readonly methods: readonly string[];
  private readonly since = Date.now();

  constructor(methods: readonly string[]) {
    this.methods = methods;
  }

  /** Bytes after the last complete response. */
  get rest(): Buffer {
    return this.joined();
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size >= this.wanted && this.size > 0 && this.step());
  }

  private joined(): Buffer {
    const only = this.chunks.length === 1 ? this.chunks[0] : undefined;
    const all = only ?? Buffer.concat(this.chunks);
    this.chunks = [all];
    return all;
  }

  private consume(bytes: Buffer, count: number): void {
    this.chunks = [bytes.subarray(count)];
    this.size = bytes.length - count;
  }

  private step(): boolean {
    const bytes = this.joined();
    if (this.head === null) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return this.waitFor(bytes.length + 1);
      this.head = parseHead(bytes.subarray(0, end + 2).toString('latin1'), this.since);
      this.consume(bytes, end + 4);
      this.wanted = 0;
      if (this.head.status < 200) {
        this.interim.push(this.head.status);
        this.head = null;
        return this.size > 0;
      }
    }
    return this.body(this.head, this.joined());
  }

  private body(head: Head, bytes: Buffer): boolean {
    const method = this.methods[this.answers.length] ?? 'GET';
    if (method === 'HEAD' || head.status === 204 || head.status === 304) {
      return this.complete(head, Buffer.alloc(0), bytes, 0);
    }
    if (head.headers.has('transfer-encoding')) {
      const chunked = parseChunked(bytes);
      if (chunked === null) return this.waitFor(bytes.length + 1);
      return this.complete(head, chunked.body, bytes, chunked.consumed);
    }
    const length = Number(head.headers.get('content-length'));
    if (bytes.length < length) return this.waitFor(length);
    return this.complete(head, bytes.subarray(0, length), bytes, length);
  }

  private complete(head: Head, body: Buffer, bytes: Buffer, consumed: number): boolean {
    this.answers.push({ ...head, body });
    this.consume(bytes, consumed);
    this.head = null;
    this.wanted = 0;
    return this.size > 0;
  }

  private waitFor(count: number): false {
    this.wanted = count;
    return false;
  }
}

function parseHead(text: string, since: number): Head {
  const malformed = (why: string) => new MalformedResponse(`${why} in ${JSON.stringify(text)}`);
  const lines = text.slice(0, -2).split('\r\n');
  if (lines.some((line) => /[\r\n\0]/.test(line))) throw malformed('bare CR, LF or NUL');
  const start = statusLine.exec(lines[0] ?? '');
  if (start === null) throw malformed('bad status line');
  const headers = new Map<string, string>();
  for (const line of lines.slice(1)) {
    const parts = field.exec(line);
    if (parts === null) throw malformed(`bad field line ${JSON.stringify(line)}`);
    const name = (parts[1] ?? '').toLowerCase();
    const before = headers.get(name);
    if (before !== undefined && singletons.has(name)) throw malformed(`two ${name} fields`);
    headers.set(name, before === undefined ? (parts[2] ?? '') : `${before}, ${parts[2]}`);
  }
  const status = Number(start[1]);
  checkFields(status, headers, malformed);
  checkDate(headers.get('date'), since, malformed);
  return { status, reason: start[2] ?? '', headers };
}

function checkFields(
  status: number,
  headers: ReadonlyMap<string, string>,
  malformed: (why: string) => MalformedResponse,
): void {
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw malformed('bad Content-Length');
  if (length !== undefined && coding !== undefined) throw malformed('both length and coding');
  if (coding !== undefined && coding !== 'chunked') throw malformed('unknown Transfer-Encoding');
  if ((status < 200 || status === 204) && (length ?? coding) !== undefined) {
    throw malformed(`a ${status} must not be framed`);
  }
  if (status >= 200 && status !== 204 && status !== 304 && (length ?? coding) === undefined) {
    throw malformed('a body without length');
  }
  // RFC 9110 section 6.6.1: an origin server with a clock MUST send it in 2xx, 3xx and 4xx.
  if (!headers.has('date') && status >= 200 && status < 500) throw malformed('no Date');
}

/** Between the connection's start and now, give or take a minute: no two clocks agree. */
function checkDate(
  text: string | undefined,
  since: number,
  malformed: (why: string) => MalformedResponse,
): void {
  if (text === undefined) return;
  const date = Date.parse(text);
  const isNear = date > since - 6e4 && date < Date.now() + 6e4;
  if (!fixdate.test(text) || !isNear) throw malformed('bad Date');
}

/** The decoded body, or null while it is incomplete. */
function parseChunked(bytes: Buffer): { body: Buffer; consumed: number } | null {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const eol = bytes.indexOf('\r\n', at);
    if (eol < 0) return null;
    const line = bytes.subarray(at, eol).toString('latin1');
    if (!/^[0-9A-Fa-f]{1,8}$/.test(line)) throw new MalformedResponse(`chunk size ${line}`);
    const size = Number.parseInt(line, 16);
    const end = eol + 2 + size;
    if (bytes.length < end + 2) return null;
    if (bytes.readUInt16BE(end) !== 0x0d0a) throw new MalformedResponse('chunk without CRLF');
    if (size === 0) return { body: Buffer.concat(parts), consumed: end + 2 };
    parts.push(bytes.subarray(eol + 2, end));
    at = end + 2;
  }
}
