import { digit, digitValues, hexDigit, hostByte } from './characters.ts';
import type { Context, Node } from './context.ts';

interface Authority {
  readonly name: string;
  /** Follows the last byte of the authority; it sees that byte's successor unconsumed. */
  readonly next: Node;
  readonly invalid: Node;
  /** `Host:` may be empty; a URL must name its host. */
  readonly hostRequired: boolean;
  /** `CONNECT` must name its port. */
  readonly portRequired: boolean;
}

const dot = 0x2e;
const colon = 0x3a;
const labelByte = hostByte.filter((byte) => byte !== dot);

/**
 * `host [":" port]` of RFC 3986 section 3.2, without user information: one rule for Host and for
 * the target. Stricter only for hosts that can't be reached: no label is empty, except the root's
 * after the last dot, and a port has 16 bits.
 */
export function authority(context: Context, wanted: Authority): Node {
  const { p } = context;
  const { name, invalid, hostRequired } = wanted;
  const afterHost = port(context, wanted);
  const label = p.node(`${name}_label`);
  const afterDot = p.node(`${name}_after_dot`);
  const escaped = percentEncoded(context, wanted, label);
  label.match(labelByte, label).match('.', afterDot).match('%', escaped).otherwise(afterHost);
  afterDot.match(labelByte, label).match('%', escaped).peek('.', invalid).otherwise(afterHost);
  return p
    .node(`${name}_begin`)
    .match('[', addressLiteral(context, wanted, afterHost))
    .match(labelByte, label)
    .match('%', escaped)
    .otherwise(hostRequired ? invalid : afterHost);
}

function percentEncoded({ p }: Context, { name, invalid }: Authority, next: Node): Node {
  const second = p.node(`${name}_second_hex`).match(hexDigit, next).otherwise(invalid);
  return p.node(`${name}_first_hex`).match(hexDigit, second).otherwise(invalid);
}

/** `IP-literal` of RFC 3986 section 3.2.2. C++ checks the form of an IPv6 address. */
function addressLiteral(context: Context, { name, invalid }: Authority, next: Node): Node {
  const { p, call } = context;
  const end = p.node(`${name}_literal_end`).match(']', next).otherwise(invalid);
  const address = p.node(`${name}_ipv6`);
  const checked = call('on_ipv6_end', end, invalid);
  address
    .match([...hexDigit, colon, dot], address)
    .peek(']', checked)
    .otherwise(invalid);

  const future = p.node(`${name}_future`);
  const futureByte = [...hostByte, colon];
  future.match(futureByte, future).otherwise(end);
  const futureBegin = p.node(`${name}_future_begin`).match(futureByte, future).otherwise(invalid);
  const version = p.node(`${name}_future_version`);
  version.match(hexDigit, version).match('.', futureBegin).otherwise(invalid);
  const versionBegin = p
    .node(`${name}_future_version_begin`)
    .match(hexDigit, version)
    .otherwise(invalid);
  return p
    .node(`${name}_literal`)
    .match(['v', 'V'], versionBegin)
    .otherwise(call('on_ipv6_begin', address));
}

function port(context: Context, { name, next, invalid, portRequired }: Authority): Node {
  const { p, set } = context;
  const digits = p.node(`${name}_port`);
  const add = p.invoke(p.code.mulAdd('port', { base: 10, signed: false }), { 1: invalid }, digits);
  digits.select(digitValues(10), add).otherwise(next);
  const begin = p.node(`${name}_port_begin`).peek(digit, digits);
  begin.otherwise(portRequired ? invalid : next);
  return p
    .node(`${name}_after_host`)
    .match(':', set('port', 0, begin))
    .otherwise(portRequired ? invalid : next);
}
