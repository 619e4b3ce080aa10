import { digit, hexDigit, hostByte } from './characters.ts';
import type { Context, Node } from './context.ts';

interface Authority {
  readonly name: string;
  /** Follows the last byte of the authority; it sees that byte's successor unconsumed. */
  readonly next: Node;
  readonly invalid: Node;
  /** `CONNECT` needs `host:port`; the Host field may be empty and without a port. */
  readonly complete: boolean;
}

/** `host [":" port]` of RFC 3986 section 3.2, without user information. */
export function authority(context: Context, { name, next, invalid, complete }: Authority): Node {
  const { p } = context;
  const afterHost = p.node(`${name}_after_host`);
  const port = p.node(`${name}_port`);
  port.match(digit, port).otherwise(next);
  const portBegin = p.node(`${name}_port_begin`).peek(digit, port);
  portBegin.otherwise(complete ? invalid : next);
  afterHost.match(':', portBegin).otherwise(complete ? invalid : next);

  const host = p.node(`${name}_host`);
  const secondHex = p.node(`${name}_second_hex`).match(hexDigit, host).otherwise(invalid);
  const firstHex = p.node(`${name}_first_hex`).match(hexDigit, secondHex).otherwise(invalid);
  const hostStop = p.node(`${name}_host_stop`).match('%', firstHex).otherwise(afterHost);
  host.match(hostByte, host).otherwise(hostStop);

  const addressLiteral = p.node(`${name}_address_literal`);
  addressLiteral
    .match([...hexDigit, 0x3a, 0x2e], addressLiteral)
    .match(']', afterHost)
    .otherwise(invalid);
  const begin = p.node(`${name}_begin`).match('[', addressLiteral);
  if (complete) {
    begin.peek(':', invalid);
  }
  return begin.otherwise(host);
}
