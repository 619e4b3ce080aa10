/** The choices a question offers, for the kinds of question that have any. */

import type { Choice, Question, Value } from './question.ts';

/** The choices of a question; for a set, those that it may contain. */
export function choicesOf(question: Question): readonly Choice[] {
  return question.kind === 'choice' || question.kind === 'multi' ? question.choices : [];
}

/** Lists of the same words in the same order are the same answer. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

/** As a person reads it: `stderr, file`. */
export function inText(value: Value): string {
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? kNone : value.join(', ');
}

/** How an empty set is spelled, including on the command line. */
export const kNone = 'none';
