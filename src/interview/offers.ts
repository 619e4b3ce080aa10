/** What a question offers, given the answers to other questions. */

import { choicesOf } from '../spec/choices.ts';
import type { Question, Value, Values } from '../spec/question.ts';
import type { Rule } from '../spec/rule.ts';
import { verdictOn } from '../spec/verdict.ts';

export interface Offer {
  readonly value: string;
  readonly label: string;
  readonly tradeoff: string;
  /** The command-line equivalent: `--preset nginx-like`. */
  readonly said?: string;
  /** Why it cannot be chosen; null if it can. */
  readonly refused: string | null;
}

/** Refused choices are offered, too, with the reason for the refusal. */
export function offersOf(
  question: Question,
  rules: readonly Rule[],
  values: Values,
): readonly Offer[] {
  return offeredBy(question)
    .map((choice) => ({
      ...choice,
      verdict: speaking(question.key, alone(question, choice.value), rules, values),
    }))
    .map(({ value, label, tradeoff, verdict }) => ({
      value,
      label,
      tradeoff,
      refused: verdict.status === 'refused' ? verdict.reason : null,
    }));
}

/**
 * What the rules say about this choice. A choice of a set is judged alone: the others have their
 * own verdicts.
 */
function speaking(key: string, value: Value, rules: readonly Rule[], values: Values) {
  const concerned = rules.filter((rule) => key in rule.when);
  return verdictOn(concerned, { ...values, [key]: value });
}

function alone({ kind }: Question, value: string): Value {
  if (kind === 'boolean') return value === 'true';
  return kind === 'multi' ? [value] : value;
}

function offeredBy(question: Question): readonly Omit<Offer, 'refused'>[] {
  if (question.kind !== 'boolean') return choicesOf(question);
  return [
    { value: 'true', label: 'yes', tradeoff: '' },
    { value: 'false', label: 'no', tradeoff: '' },
  ];
}
