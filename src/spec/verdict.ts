/** What the rules say about a set of values, complete or not. */

import { applies, holds } from './condition.ts';
import type { ChoiceQuestion, Question, Value, Values } from './question.ts';
import type { Rule } from './rule.ts';

export interface Verdict {
  /** The most severe of the rules that hold. */
  readonly status: 'ok' | Rule['status'];
  /** That rule's message; empty for `ok`. */
  readonly reason: string;
  /** Every rule that holds, the most severe first. */
  readonly rules: readonly Rule[];
}

const kGravestFirst = ['refused', 'warn'] as const;

/** The verdict on the answers so far. Rules about open questions do not count yet. */
export function verdictOn(rules: readonly Rule[], values: Values): Verdict {
  const held = rules.filter((rule) => holds(rule.when, values));
  const sorted = kGravestFirst.flatMap((status) => held.filter((rule) => rule.status === status));
  const [gravest] = sorted;
  if (gravest === undefined) return { status: 'ok', reason: '', rules: [] };
  return { status: gravest.status, reason: gravest.message, rules: sorted };
}

/** True if the values can be chosen: no rule refuses them. */
export function isOffered(rules: readonly Rule[], values: Values): boolean {
  return verdictOn(rules, values).status !== 'refused';
}

/**
 * The question's default next to these values. If that doesn't fit, the first choice that fits,
 * preferably one without a warning.
 */
export function defaultOf(question: Question, rules: readonly Rule[], values: Values): Value {
  const usual = question.usual?.find(({ when }) => holds(when, values))?.value ?? question.default;
  if (question.kind !== 'choice') return usual;
  const concerned = rules.filter((rule) => question.key in rule.when && rule.machine === undefined);
  const rated = [String(usual), ...question.choices.map((choice) => choice.value)].map((value) => ({
    value,
    status: verdictOn(concerned, { ...values, [question.key]: value }).status,
  }));
  const good = rated.find(({ status }) => status === 'ok');
  const possible = rated.find(({ status }) => status === 'warn');
  return (good ?? possible)?.value ?? usual;
}

/** Every combination of the questions that shape the architecture, in question order. */
export function combinations(questions: readonly Question[]): readonly Values[] {
  const shaping = questions.filter(
    (question): question is ChoiceQuestion =>
      question.kind === 'choice' && question.shapesArchitecture === true,
  );
  return shaping.reduce<readonly Values[]>(
    (rows, question) =>
      rows.flatMap((row) =>
        applies(question, row)
          ? question.choices.map((choice) => ({ ...row, [question.key]: choice.value }))
          : [row],
      ),
    [{}],
  );
}
