/** The protocols a project speaks besides HTTP, as its files name them. */

import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import { pascalCase, snakeCase } from '../names.ts';
import { compareNaturally } from '../natural-order.ts';

export interface Protocol {
  /** `group-chat`, for flags and texts. */
  readonly name: string;
  /** `group_chat`, for files, functions and members. */
  readonly word: string;
  /** `GroupChat`, for classes. */
  readonly type: string;
  readonly port: number;
  readonly framing: 'line' | 'length-prefix';
  /** As an object key in TypeScript. */
  readonly key: string;
}

/** In the order in which they were added. */
export function protocolsOf(spec: Spec): readonly Protocol[] {
  return additionsOf(spec, 'protocol').map(({ name, framing, port }) => ({
    name: String(name),
    word: snakeCase(String(name)),
    type: pascalCase(String(name)),
    port: Number(port),
    framing: framing === 'line' ? 'line' : 'length-prefix',
    key: String(name).includes('-') ? `'${name}'` : String(name),
  }));
}

/** In the order in which Biome sorts their imports. */
export function sortedProtocols(spec: Spec): readonly Protocol[] {
  return protocolsOf(spec).toSorted((a, b) => compareNaturally(`${a.name}.ts`, `${b.name}.ts`));
}

/** The folder of all protocols' C++ code: in a TypeScript project it belongs to the addon. */
export function protocolsFolder(spec: Spec): string {
  return isCpp(spec) ? 'src/protocols' : 'native/addon/protocols';
}
