/** The protocols that a project speaks beside HTTP, as its files name them. */

import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import { pascalCase, snakeCase } from '../names.ts';

export interface Protocol {
  /** `group-chat`, for flags and texts. */
  readonly name: string;
  /** `group_chat`, for files, functions and members. */
  readonly word: string;
  /** `GroupChat`, for classes. */
  readonly type: string;
  readonly port: number;
  readonly framing: 'line' | 'length-prefix';
}

/** In the order of their addition. */
export function protocolsOf(spec: Spec): readonly Protocol[] {
  if (!isCpp(spec)) return [];
  return additionsOf(spec, 'protocol').map(({ name, framing, port }) => ({
    name: String(name),
    word: snakeCase(String(name)),
    type: pascalCase(String(name)),
    port: Number(port),
    framing: framing === 'line' ? 'line' : 'length-prefix',
  }));
}

/** What templates of files that protocols share know of them. */
export function protocolsView(spec: Spec): {
  readonly hasProtocols: boolean;
  readonly protocols: readonly Protocol[];
} {
  const protocols = protocolsOf(spec);
  return { hasProtocols: protocols.length > 0, protocols };
}
