import { authority } from './authority.ts';
import { digit, letter, schemeByte, targetByte, tokenByte } from './characters.ts';
import type { Context, Node } from './context.ts';
import { methods, targetForms } from './names.ts';

const methodValues = Object.fromEntries(
  methods.flatMap((name, value) => (name === 'other' ? [] : [[name, value]])),
);

/** A later minor version is read as the highest one that we know (RFC 9110 section 2.5). */
const minorValues = Object.fromEntries([...'0123456789'].map((one) => [one, one === '0' ? 0 : 1]));

/**
 * `method SP target SP version CRLF`, after at most one empty line (RFC 9112 sections 2.2 and 3).
 */
export function requestLine(context: Context, next: Node): Node {
  const { p, fail, set } = context;
  const first = methodName(context, targetBegin(context, version(context, next)));
  const lineFeed = p
    .node('leading_line_feed')
    .match('\n', set('method_offset', 2, first))
    .otherwise(fail('bare_carriage_return'));
  return p
    .node('message_begin')
    .match('\r', lineFeed)
    .peek('\n', fail('bare_line_feed'))
    .otherwise(first);
}

function methodName(context: Context, target: Node): Node {
  const { p, fail, set } = context;
  const rest = p.node('method_rest');
  const restStop = p.node('method_stop').match(' ', target).otherwise(fail('invalid_method'));
  rest.match(tokenByte, rest).otherwise(restStop);
  const other = set('method', methods.indexOf('other'), rest);
  const known = p.node('method_known').match(' ', target).otherwise(other);
  const name = p
    .node('method')
    .select(methodValues, p.invoke(p.code.store('method'), known))
    .otherwise(other);
  return p.node('method_begin').peek(' ', fail('invalid_method')).otherwise(name);
}

function targetBegin(context: Context, afterTarget: Node): Node {
  const { p, fail, call } = context;
  const stop = p
    .node('target_stop')
    .peek(' ', call('on_target_end', afterTarget, fail('request_line_too_long')))
    .peek(['\r', '\n'], fail('invalid_version'))
    .otherwise(fail('invalid_target'));
  const connectTo = setForm(
    context,
    'authority',
    authority(context, {
      name: 'target_authority',
      next: stop,
      invalid: fail('invalid_target'),
      hostRequired: true,
      portRequired: true,
    }),
  );
  const byMethod = p.invoke(
    p.code.isEqual('method', methods.indexOf('CONNECT')),
    { 1: connectTo },
    pathOrUrl(context, stop),
  );
  return call('on_target_begin', byMethod);
}

function pathOrUrl(context: Context, stop: Node): Node {
  const { p, fail } = context;
  const bytes = p.node('target');
  bytes.match(targetByte, bytes).otherwise(stop);

  const afterAuthority = p.node('target_after_authority').peek(['/', '?'], bytes).otherwise(stop);
  const host = authority(context, {
    name: 'target_host',
    next: afterAuthority,
    invalid: fail('invalid_target'),
    hostRequired: true,
    portRequired: false,
  });

  return p
    .node('target_begin')
    .match('/', bytes)
    .match('*', setForm(context, 'asterisk', stop))
    .peek(letter, setForm(context, 'absolute', scheme(context, host)))
    .otherwise(fail('invalid_target'));
}

/** RFC 9110 section 7.4: a request that came without TLS must not ask for an `https` resource. */
function scheme(context: Context, host: Node): Node {
  const { p, fail } = context;
  const otherStop = p
    .node('target_other_scheme_stop')
    .match('://', fail('unknown_scheme'))
    .otherwise(fail('invalid_target'));
  const other = p.node('target_other_scheme');
  other.match(schemeByte, other).otherwise(otherStop);
  const afterHttps = p
    .node('target_after_https')
    .match('://', fail('https_without_tls'))
    .otherwise(other);
  const afterHttp = p
    .node('target_after_http')
    .transform(p.transform.toLower())
    .match('://', host)
    .match('s', afterHttps)
    .otherwise(other);
  return p
    .node('target_scheme')
    .transform(p.transform.toLower())
    .match('http', afterHttp)
    .otherwise(other);
}

function setForm(context: Context, form: (typeof targetForms)[number], next: Node): Node {
  return context.set('target_form', targetForms.indexOf(form), next);
}

function version(context: Context, next: Node): Node {
  const { p, fail, lineEnd } = context;
  const done = lineEnd(
    'request',
    context.set('in_fields', 1, asteriskOnlyForOptions(context, next)),
  );
  const otherMinor = p
    .node('version_other_minor')
    .match(digit, fail('unsupported_version'))
    .otherwise(fail('invalid_version'));
  const otherDot = p
    .node('version_other_dot')
    .match('.', otherMinor)
    .otherwise(fail('invalid_version'));
  const afterMinor = p
    .node('version_stop')
    .peek(['\r', '\n'], done)
    .otherwise(fail('invalid_version'));
  const minor = p
    .node('version_minor')
    .select(minorValues, p.invoke(p.code.store('minor'), afterMinor))
    .otherwise(fail('invalid_version'));
  const dot = p.node('version_dot').match('.', minor).otherwise(fail('invalid_version'));
  const major = p
    .node('version_major')
    .match('1', dot)
    .match(
      digit.filter((byte) => byte !== 0x31),
      otherDot,
    )
    .otherwise(fail('invalid_version'));
  return p.node('version').match(' HTTP/', major).otherwise(fail('invalid_version'));
}

/** RFC 9112 section 3.2.4: `*` asks about the server as a whole. */
function asteriskOnlyForOptions({ p, fail }: Context, next: Node): Node {
  const isOptions = p.invoke(
    p.code.isEqual('method', methods.indexOf('OPTIONS')),
    { 1: next },
    fail('target_form_mismatch'),
  );
  return p.invoke(
    p.code.isEqual('target_form', targetForms.indexOf('asterisk')),
    { 1: isOptions },
    next,
  );
}
