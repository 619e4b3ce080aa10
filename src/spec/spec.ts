/** The validated wish: frozen, versioned, written to the project as `hpserver.json`. */

import type { Value, Values } from './question.ts';

export const kSpecVersion = 1;

export interface Spec {
  readonly version: typeof kSpecVersion;
  /** Every question that applies, answered; keys are sorted. */
  readonly values: Values;
}

/** The value of a key that applies; asking for one that does not is a bug of the generator. */
export function answerOf(spec: Spec, key: string): Value {
  const value = spec.values[key];
  if (value === undefined) throw new Error(`no answer stands for "${key}" in this spec`);
  return value;
}
