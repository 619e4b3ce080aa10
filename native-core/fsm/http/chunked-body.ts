import { digitValues, fieldByte } from './characters.ts';
import type { Context, Node } from './context.ts';
import { trailerFields } from './fields.ts';
import { stops } from './names.ts';

/**
 * `*( size [extension] CRLF data CRLF ) 0 [extension] CRLF trailer CRLF` (RFC 9112 section 7.1).
 * The caller counts the data itself: the machine pauses at `chunkBegin` and resumes behind it.
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
  size
    .select(digitValues(16), add)
    .match(';', extension(context, lineEnd))
    .peek(['\r', '\n'], lineEnd)
    .otherwise(fail('invalid_chunk_size'));
  return begin;
}

/** Chunk extensions are read over: nobody defined one that a server must know. */
function extension({ p, fail }: Context, lineEnd: Node): Node {
  const bytes = p.node('chunk_extension');
  const stop = p
    .node('chunk_extension_stop')
    .peek(['\r', '\n'], lineEnd)
    .otherwise(fail('invalid_chunk_extension'));
  return bytes.match(fieldByte, bytes).otherwise(stop);
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
