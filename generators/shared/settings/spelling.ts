/** How a setting is told of where its value is code: the same in both languages. */

import type { NumberShape, Setting } from '../../../src/plan/setting.ts';

/** A line of help, with what `auto`, or an empty text, stands for. */
export function helpOf({ help, takes }: Setting): string {
  if (takes.kind === 'number' && takes.auto !== null) return `${help}; auto: ${takes.auto.is}`;
  return takes.kind === 'text' && takes.empty !== null ? `${help}; empty: ${takes.empty}` : help;
}

/** What stands behind a flag in the help. */
export const kUnitWords: Readonly<Record<NumberShape['unit'], string>> = {
  count: 'N',
  ms: 'MS',
  bytes: 'BYTES',
  'bytes/s': 'BYTES/S',
};

/** `65_536`; four digits are read without help. */
export function grouped(value: number, separator: string): string {
  const text = String(value);
  return text.length < 5 ? text : text.replace(/\B(?=(?:\d{3})+$)/g, separator);
}
