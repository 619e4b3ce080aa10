import type { LLParse, source } from 'llparse';
import { type ReasonName, reasons } from './names.ts';

export type Node = source.node.Node;

/** What every part of the grammar is drawn with. */
export interface Context {
  readonly p: LLParse;
  /** The state that ends the message with this error. */
  readonly fail: (reason: ReasonName) => Node;
  /** Calls `http_request_fsm_<name>` in C++ at this position, then goes on. */
  readonly call: (name: string, next: Node, onRefusal?: Node) => Node;
  /** Sets a property of the machine, then goes on. */
  readonly set: (property: string, value: number, next: Node) => Node;
  /** Raises a bit of `flags`, then goes on. */
  readonly raise: (flag: number, next: Node) => Node;
  /** Goes to `found` if the flag is up, otherwise to `next`. */
  readonly whenRaised: (flag: number, found: Node, next: Node) => Node;
  /** `\r\n` in two states, each with its own error. */
  readonly lineEnd: (name: string, next: Node) => Node;
}

export function createContext(p: LLParse): Context {
  const failures = new Map<ReasonName, Node>();
  const fail = (name: ReasonName): Node => {
    const index = reasons.findIndex((reason) => reason.name === name);
    const known = failures.get(name) ?? p.error(index + 1, reasons[index]?.text ?? name);
    failures.set(name, known);
    return known;
  };
  return {
    p,
    fail,
    call: (name, next, onRefusal) =>
      p.invoke(p.code.match(`http_request_fsm_${name}`), onRefusal ? { 1: onRefusal } : {}, next),
    set: (property, value, next) => p.invoke(p.code.update(property, value), next),
    raise: (flag, next) => p.invoke(p.code.or('flags', flag), next),
    whenRaised: (flag, found, next) => p.invoke(p.code.test('flags', flag), { 1: found }, next),
    lineEnd: (name, next) => {
      const lineFeed = p
        .node(`${name}_line_feed`)
        .match('\n', next)
        .otherwise(fail('bare_carriage_return'));
      return p.node(`${name}_line_end`).match('\r', lineFeed).otherwise(fail('bare_line_feed'));
    },
  };
}
