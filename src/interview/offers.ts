/** What a question offers to someone who has answered others already. */

import { choicesOf } from '../spec/choices.ts';
import type { Question, Value, Values } from '../spec/question.ts';
import type { Rule } from '../spec/rule.ts';
import { verdictOn } from '../spec/verdict.ts';

export interface Offer {
  readonly value: string;
  readonly label: string;
  readonly tradeoff: string;
  /** How the command line says the same: `--preset nginx-like`. */
  readonly said?: string;
  /** Why it cannot be taken; null where it can. */
  readonly refused: string | null;
}

/** Refused choices stay, with their reason. */
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
 * The verdict of those rules that speak of this choice, of a set with nothing else in it: others
 * are the matter of other questions.
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
