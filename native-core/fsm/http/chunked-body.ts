import { blank, digitValues, fieldByte, tokenByte } from './characters.ts';
import type { Context, Node } from './context.ts';
import { trailerFields } from './fields.ts';
import { stops } from './names.ts';

/**
 * `*( size [extension] CRLF data CRLF ) 0 [extension] CRLF trailer CRLF` (RFC 9112 section 7.1).
 * The caller counts the data itself: the machine pauses at `chunkBegin` and resumes after the data.
 */
export function chunkedBody(context: Context): Node {
  const { p, fail, set } = context;
  const size = p.node('chunk_size');
  const first = p.node('chunk_size_begin');
  const begin = set('length', 0, first);
  const add = p.invoke(
    p.code.mulAdd('length', { base: 16, signed: false }),
    { 1: fail('chunk_size_overflow') },
    size,
  );
  first.select(digitValues(16), add).otherwise(fail('invalid_chunk_size'));
  const lineEnd = context.lineEnd('chunk_size', afterSize(context, begin));
  const extension = extensions(context, lineEnd);
  const beforeExtension = p.node('chunk_size_blank');
  beforeExtension
    .match(blank, beforeExtension)
    .match(';', extension)
    .otherwise(fail('invalid_chunk_size'));
  size
    .select(digitValues(16), add)
    .match(';', extension)
    .match(blank, beforeExtension)
    .peek(['\r', '\n'], lineEnd)
    .otherwise(fail('invalid_chunk_size'));
  return begin;
}

/**
 * `name [ "=" ( token / quoted-string ) ]`, each after a semicolon (RFC 9112 section 7.1.1). They
 * are skipped, since none is defined that a server must know; but those that another reader could
 * take to end elsewhere are refused.
 */
function extensions({ p, fail }: Context, lineEnd: Node): Node {
  const invalid = fail('invalid_chunk_extension');
  const begin = p.node('chunk_extension');
  // A blank may come before a semicolon or an equals sign, but not before the line's end.
  const valueBlank = p.node('chunk_extension_value_blank');
  valueBlank.match(blank, valueBlank).match(';', begin).otherwise(invalid);
  const valueEnd = p
    .node('chunk_extension_value_end')
    .match(blank, valueBlank)
    .match(';', begin)
    .peek(['\r', '\n'], lineEnd)
    .otherwise(invalid);
  const token = p.node('chunk_extension_token');
  token.match(tokenByte, token).otherwise(valueEnd);
  const value = p.node('chunk_extension_value');
  value
    .match(blank, value)
    .match('"', quoted(p, invalid, valueEnd))
    .match(tokenByte, token)
    .otherwise(invalid);

  const nameBlank = p.node('chunk_extension_name_blank');
  nameBlank.match(blank, nameBlank).match('=', value).match(';', begin).otherwise(invalid);
  const name = p.node('chunk_extension_name');
  const nameEnd = p
    .node('chunk_extension_name_end')
    .match(blank, nameBlank)
    .match('=', value)
    .match(';', begin)
    .peek(['\r', '\n'], lineEnd)
    .otherwise(invalid);
  name.match(tokenByte, name).otherwise(nameEnd);
  return begin.match(blank, begin).match(tokenByte, name).otherwise(invalid);
}

/** RFC 9110 section 5.6.4, after the first quote. */
function quoted(p: Context['p'], invalid: Node, next: Node): Node {
  const text = p.node('chunk_extension_quoted');
  const pair = p.node('chunk_extension_pair').match(fieldByte, text).otherwise(invalid);
  const plain = fieldByte.filter((byte) => byte !== 0x22 && byte !== 0x5c);
  return text.match('"', next).match('\\', pair).match(plain, text).otherwise(invalid);
}

function afterSize(context: Context, nextChunk: Node): Node {
  const { p, fail } = context;
  const complete = p.pause(stops.messageComplete, 'message complete').otherwise(nextChunk);
  const last = p.pause(stops.lastChunk, 'last chunk').otherwise(trailerFields(context, complete));
  const chunkEnd = p
    .node('chunk_data_end')
    .match('\r\n', nextChunk)
    .otherwise(fail('chunk_without_line_end'));
  const data = p.pause(stops.chunkBegin, 'chunk begins').otherwise(chunkEnd);
  return p.invoke(p.code.isEqual('length', 0), { 1: last }, data);
}
