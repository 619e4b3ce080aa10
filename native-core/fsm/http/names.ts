/** Every name that the grammar (TypeScript) and the parser around it (C++) must agree on. */

/** Index = the value in `Method`; 0 is any other valid token. */
export const methods = [
  'other',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
] as const;

/** Index = the value in `HeaderId`; 0 is any other field. No name may be a prefix of another. */
export const headers = [
  'other',
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'range',
  'if-none-match',
  'if-modified-since',
  'if-range',
  'if-match',
  'if-unmodified-since',
  'accept-encoding',
  'content-type',
  'cookie',
  'user-agent',
  'authorization',
  'origin',
  'sec-websocket-key',
  'sec-websocket-version',
] as const;

/** Index = the value in `TargetForm` (RFC 9112 section 3.2). */
export const targetForms = ['origin', 'absolute', 'authority', 'asterisk'] as const;

/** Bits of the machine's `flags`: what the fields said about framing and the connection. */
export const flags = {
  host: 0x01,
  contentLength: 0x02,
  chunked: 0x04,
  close: 0x08,
  keepAlive: 0x10,
  upgradeToken: 0x20,
  upgradeField: 0x40,
  expectContinue: 0x80,
} as const;

/** Where the machine hands over to its caller; above every error code. */
export const stops = {
  headComplete: 0x100,
  chunkBegin: 0x101,
  lastChunk: 0x102,
  messageComplete: 0x103,
} as const;

/** Index + 1 = the error code of the machine and the value in `ParseReason`; 0 is "no error". */
export const reasons = [
  { name: 'bare_line_feed', status: 400, text: 'line feed without carriage return' },
  { name: 'bare_carriage_return', status: 400, text: 'carriage return without line feed' },
  { name: 'invalid_method', status: 400, text: 'method is not a token' },
  { name: 'invalid_target', status: 400, text: 'malformed request target' },
  { name: 'unknown_scheme', status: 400, text: 'only http URLs are served here' },
  { name: 'https_without_tls', status: 421, text: 'https is not served without TLS' },
  { name: 'target_form_mismatch', status: 400, text: 'request target does not fit the method' },
  { name: 'invalid_version', status: 400, text: 'malformed protocol version' },
  { name: 'unsupported_version', status: 505, text: 'only HTTP/1.0 and HTTP/1.1 are spoken here' },
  { name: 'request_line_too_long', status: 414, text: 'request line too long' },
  { name: 'empty_field_name', status: 400, text: 'field without a name' },
  { name: 'invalid_field_name', status: 400, text: 'field name is not a token' },
  { name: 'space_before_colon', status: 400, text: 'white space between field name and colon' },
  { name: 'folded_field', status: 400, text: 'line folding is obsolete' },
  { name: 'invalid_field_value', status: 400, text: 'control character in a field value' },
  { name: 'too_many_fields', status: 431, text: 'too many header fields' },
  { name: 'head_too_large', status: 431, text: 'request head too large' },
  { name: 'missing_host', status: 400, text: 'HTTP/1.1 request without Host' },
  { name: 'duplicate_host', status: 400, text: 'more than one Host' },
  { name: 'invalid_host', status: 400, text: 'malformed Host' },
  { name: 'invalid_content_length', status: 400, text: 'Content-Length is not one number' },
  { name: 'content_length_overflow', status: 400, text: 'Content-Length does not fit 64 bits' },
  { name: 'duplicate_content_length', status: 400, text: 'more than one Content-Length' },
  { name: 'ambiguous_framing', status: 400, text: 'Content-Length beside Transfer-Encoding' },
  { name: 'invalid_transfer_encoding', status: 400, text: 'malformed Transfer-Encoding' },
  { name: 'duplicate_transfer_encoding', status: 400, text: 'more than one Transfer-Encoding' },
  { name: 'unknown_transfer_coding', status: 501, text: 'only the chunked coding is understood' },
  { name: 'transfer_encoding_in_1_0', status: 400, text: 'Transfer-Encoding in HTTP/1.0' },
  { name: 'invalid_chunk_size', status: 400, text: 'chunk size is not hexadecimal' },
  { name: 'chunk_size_overflow', status: 400, text: 'chunk size does not fit 64 bits' },
  { name: 'invalid_chunk_extension', status: 400, text: 'malformed chunk extension' },
  { name: 'chunk_line_too_long', status: 400, text: 'chunk size line too long' },
  { name: 'chunk_without_line_end', status: 400, text: 'chunk not followed by a line end' },
  { name: 'trailer_too_large', status: 431, text: 'trailer section too large' },
] as const;

export type HeaderName = (typeof headers)[number];
export type ReasonName = (typeof reasons)[number]['name'];
