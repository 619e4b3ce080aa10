/** How a setting is described in code: the same in both languages. */

import type { NumberShape, Setting } from '../../../src/plan/setting.ts';

/** A line of help, with the meaning of `auto`, or of an empty text. */
export function helpOf({ help, takes }: Setting): string {
  if (takes.kind === 'number' && takes.auto !== null) return `${help}; auto: ${takes.auto.is}`;
  return takes.kind === 'text' && takes.empty !== null ? `${help}; empty: ${takes.empty}` : help;
}

/** What follows a flag in the help. */
export const kUnitWords: Readonly<Record<NumberShape['unit'], string>> = {
  count: 'N',
  ms: 'MS',
  bytes: 'BYTES',
  'bytes/s': 'BYTES/S',
};

/** `65_536`; four digits are readable without it. */
export function grouped(value: number, separator: string): string {
  const text = String(value);
  return text.length < 5 ? text : text.replace(/\B(?=(?:\d{3})+$)/g, separator);
}
