import { authority } from './authority.ts';
import { blank, digitValues, fieldByte, tokenByte } from './characters.ts';
import type { Context, Node } from './context.ts';
import { flags, type HeaderName, headers, type ReasonName } from './names.ts';

/** Reads a value by its field's own grammar; `end` sees the carriage return unconsumed. */
export function fieldValues(context: Context, end: Node): Node {
  const { p, raise } = context;
  const plain = plainValue(context, end);
  const own: Partial<Record<HeaderName, Node>> = {
    host: host(context, end),
    connection: connection(context, end),
    'content-length': contentLength(context, end),
    'transfer-encoding': transferEncoding(context, end),
    expect: expect(context, end, plain),
    upgrade: raise(flags.upgradeField, plain),
  };
  const byHeader = Object.fromEntries(
    headers.flatMap((name, value) => (own[name] ? [[value, own[name]]] : [])),
  );
  return p.invoke(p.code.load('header'), byHeader, plain);
}

/** A field that is only passed on: C++ skips plain bytes; the machine sees only what remains. */
function plainValue({ p, fail, call }: Context, end: Node): Node {
  const value = p.node('field_value');
  const stop = p
    .node('field_value_stop')
    .peek('\r', end)
    .peek('\n', fail('bare_line_feed'))
    .otherwise(fail('invalid_field_value'));
  value.match(fieldByte, value).otherwise(stop);
  return call('on_plain_value', p.consume('leap').otherwise(value));
}

/** Trailing white space, then the line end; anything else is the field's own error. */
function valueEnd({ p, fail }: Context, name: string, end: Node, invalid: ReasonName): Node {
  const node = p.node(`${name}_end`);
  return node
    .match(blank, node)
    .peek('\r', end)
    .peek('\n', fail('bare_line_feed'))
    .otherwise(fail(invalid));
}

function host(context: Context, end: Node): Node {
  const { fail, raise, whenRaised } = context;
  const value = authority(context, {
    name: 'host',
    next: valueEnd(context, 'host', end, 'invalid_host'),
    invalid: fail('invalid_host'),
    hostRequired: false,
    portRequired: false,
  });
  return whenRaised(flags.host, fail('duplicate_host'), raise(flags.host, value));
}

/**
 * RFC 9112 section 6.3: one number, once. Even equal duplicates are refused: they are used to
 * smuggle requests.
 */
function contentLength(context: Context, end: Node): Node {
  const { p, fail, raise, whenRaised } = context;
  const digits = p.node('content_length');
  const add = p.invoke(
    p.code.mulAdd('length', { base: 10, signed: false }),
    { 1: fail('content_length_overflow') },
    digits,
  );
  digits
    .select(digitValues(10), add)
    .otherwise(valueEnd(context, 'content_length', end, 'invalid_content_length'));
  const first = p
    .node('content_length_begin')
    .select(digitValues(10), add)
    .otherwise(fail('invalid_content_length'));
  return whenRaised(
    flags.contentLength,
    fail('duplicate_content_length'),
    whenRaised(flags.chunked, fail('ambiguous_framing'), raise(flags.contentLength, first)),
  );
}

/**
 * RFC 9112 section 6.1: `chunked` alone; another coding is not implemented, a list is malformed.
 */
function transferEncoding(context: Context, end: Node): Node {
  const { p, fail, raise, whenRaised } = context;
  const blankThenEnd = valueEnd(context, 'transfer_encoding', end, 'invalid_transfer_encoding');
  const afterName = p
    .node('transfer_encoding_stop')
    .peek(tokenByte, fail('unknown_transfer_coding'))
    .otherwise(blankThenEnd);
  const coding = p
    .node('transfer_coding')
    .transform(p.transform.toLower())
    .match('chunked', afterName)
    .otherwise(fail('unknown_transfer_coding'));
  const begin = p
    .node('transfer_encoding')
    .peek(tokenByte, coding)
    .otherwise(fail('invalid_transfer_encoding'));
  const alone = whenRaised(
    flags.chunked,
    fail('duplicate_transfer_encoding'),
    whenRaised(flags.contentLength, fail('ambiguous_framing'), raise(flags.chunked, begin)),
  );
  return p.invoke(p.code.isEqual('minor', 0), { 1: fail('transfer_encoding_in_1_0') }, alone);
}

/** RFC 9110 section 7.6.1: a list of tokens, of which three concern us. */
function connection(context: Context, end: Node): Node {
  const { p, fail, raise } = context;
  const begin = p.node('connection');
  const separator = p
    .node('connection_separator')
    .match(',', begin)
    .peek('\r', end)
    .peek('\n', fail('bare_line_feed'))
    .otherwise(fail('invalid_field_value'));
  const skipped = p.node('connection_skipped');
  skipped
    .match(
      fieldByte.filter((byte) => byte !== 0x2c),
      skipped,
    )
    .otherwise(separator);
  const token = (name: string, flag: number): Node => {
    const node = p.node(`connection_${name}`);
    return node.match(blank, node).peek([',', '\r'], raise(flag, separator)).otherwise(skipped);
  };
  const name = p
    .node('connection_token')
    .transform(p.transform.toLower())
    .match('close', token('close', flags.close))
    .match('keep-alive', token('keep_alive', flags.keepAlive))
    .match('upgrade', token('upgrade', flags.upgradeToken))
    .otherwise(skipped);
  return begin.match(blank, begin).otherwise(name);
}

/** RFC 9110 section 10.1.1: only `100-continue` is defined; others are passed on unread. */
function expect({ p, raise }: Context, end: Node, plain: Node): Node {
  const stop = p.node('expect_stop');
  stop.match(blank, stop).peek('\r', raise(flags.expectContinue, end)).otherwise(plain);
  return p
    .node('expect')
    .transform(p.transform.toLower())
    .match('100-continue', stop)
    .otherwise(plain);
}
