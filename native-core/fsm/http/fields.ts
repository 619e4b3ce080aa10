import { blank, fieldByte, tokenByte } from './characters.ts';
import type { Context, Node } from './context.ts';
import { fieldValues } from './field-values.ts';
import { flags, headers } from './names.ts';

const headerValues = Object.fromEntries(
  headers.flatMap((name, value) => (name === 'other' ? [] : [[name, value]])),
);

/** `*( name ":" OWS value OWS CRLF ) CRLF` (RFC 9112 section 5); `done` follows the empty line. */
export function headerFields(context: Context, done: Node): Node {
  const { p, fail, call } = context;
  const line = p.node('field_line');
  const valueEnd = call('on_value_end', context.lineEnd('field', line));
  const value = p.node('field_value_begin');
  value.match(blank, value).otherwise(call('on_value_begin', fieldValues(context, valueEnd)));
  const named = call('on_name_end', value, fail('too_many_fields'));
  line
    .peek('\r', context.lineEnd('head', hostPresent(context, done)))
    .peek(blank, fail('folded_field'))
    .peek(':', fail('empty_field_name'))
    .otherwise(fieldName(context, named));
  return line;
}

function fieldName(context: Context, colonSeen: Node): Node {
  const { p, set } = context;
  const rest = tokenThenColon(context, 'field_name', colonSeen);
  const other = set('header', headers.indexOf('other'), rest);
  const known = p.node('field_name_known').match(':', colonSeen).otherwise(other);
  return p
    .node('field_name')
    .transform(p.transform.toLower())
    .select(headerValues, p.invoke(p.code.store('header'), known))
    .otherwise(other);
}

function tokenThenColon({ p, fail }: Context, name: string, colonSeen: Node): Node {
  const rest = p.node(`${name}_rest`);
  const stop = p
    .node(`${name}_stop`)
    .match(':', colonSeen)
    .peek(blank, fail('space_before_colon'))
    .peek('\n', fail('bare_line_feed'))
    .otherwise(fail('invalid_field_name'));
  return rest.match(tokenByte, rest).otherwise(stop);
}

/** RFC 9112 section 3.2: a 1.1 request names its host. */
function hostPresent({ p, fail, whenRaised }: Context, done: Node): Node {
  return p.invoke(
    p.code.isEqual('minor', 0),
    { 1: done },
    whenRaised(flags.host, done, fail('missing_host')),
  );
}

/** The fields after a chunked body: they must obey the same grammar, and are then dropped. */
export function trailerFields(context: Context, done: Node): Node {
  const { p, fail } = context;
  const line = p.node('trailer_line');
  const value = p.node('trailer_value');
  const valueStop = p
    .node('trailer_value_stop')
    .peek(['\r', '\n'], context.lineEnd('trailer', line))
    .otherwise(fail('invalid_field_value'));
  value.match(fieldByte, value).otherwise(valueStop);
  return line
    .peek('\r', context.lineEnd('message', done))
    .peek(blank, fail('folded_field'))
    .peek(':', fail('empty_field_name'))
    .otherwise(tokenThenColon(context, 'trailer_name', value));
}
