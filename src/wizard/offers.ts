/** What a question offers to someone who has answered others already. */

import type { Question, Values } from '../spec/question.ts';
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
  return choicesOf(question)
    .map((choice) => ({ ...choice, verdict: speaking(question.key, choice.value, rules, values) }))
    .map(({ value, label, tradeoff, verdict }) => ({
      value,
      label,
      tradeoff,
      refused: verdict.status === 'refused' ? verdict.reason : null,
    }));
}

/**
 * The verdict of those rules that speak of this choice: others are the matter of other questions.
 */
function speaking(key: string, value: string, rules: readonly Rule[], values: Values) {
  const concerned = rules.filter((rule) => key in rule.when);
  return verdictOn(concerned, { ...values, [key]: value });
}

function choicesOf(question: Question): readonly Omit<Offer, 'refused'>[] {
  if (question.kind === 'choice') return question.choices;
  if (question.kind !== 'boolean') return [];
  return [
    { value: 'true', label: 'yes', tradeoff: '' },
    { value: 'false', label: 'no', tradeoff: '' },
  ];
}
