/** The ways in which conditions can be met, each as values for some keys. */

import { keyParts } from '../../../spec/condition.ts';
import type { AllOf, Atom, Condition, Question } from '../../../spec/question.ts';

/** The most ways that are examined. */
export const kMostWays = 1_000;

/**
 * The ways to meet all the conditions, including the conditions under which the questions in them
 * are asked. Keys of additions are handled elsewhere, and left out.
 */
export function waysOf(
  conditions: readonly Condition[],
  questions: readonly Question[],
): readonly AllOf[] {
  const known = new Map(questions.map((question) => [question.key, question]));
  return conditions
    .map((condition) => towards(condition, known))
    .reduce(crossed, [{}])
    .flatMap((way) => withAncestors(way, known, new Set()));
}

type Known = ReadonlyMap<string, Question>;

function towards(condition: Condition, known: Known): readonly AllOf[] {
  const { any, not } = condition;
  const own = keyParts(condition).filter(([key]) => known.has(key));
  return [
    [Object.fromEntries(own)],
    ...(any === undefined ? [] : [any.flatMap((each) => towards(each, known))]),
    ...(not === undefined ? [] : [against(not, known)]),
  ].reduce(crossed, [{}]);
}

/** The ways in which a condition can fail: one of its parts fails. */
function against(condition: Condition, known: Known): readonly AllOf[] {
  const { any, not } = condition;
  return [
    ...keyParts(condition).flatMap(([key, values]) => {
      const question = known.get(key);
      return question === undefined ? [] : [othersThan(values, question)];
    }),
    ...(any === undefined ? [] : any.map((each) => against(each, known)).reduce(crossed, [{}])),
    ...(not === undefined ? [] : towards(not, known)),
  ];
}

/**
 * The values that aren't among these. Texts and numbers always have other values, and a set may be
 * empty, so they are not restricted.
 */
function othersThan(values: readonly Atom[], question: Question): AllOf {
  switch (question.kind) {
    case 'choice': {
      const choices = question.choices.map(({ value }) => value);
      return { [question.key]: choices.filter((value) => !values.includes(value)) };
    }
    case 'boolean':
      return { [question.key]: [true, false].filter((value) => !values.includes(value)) };
    default:
      return {};
  }
}

/** Combines each of `these` with each of `those`, without contradictory pairs. */
function crossed(these: readonly AllOf[], those: readonly AllOf[]): readonly AllOf[] {
  const pairs = these.flatMap((one) => those.map((other) => joined(one, other)));
  return pairs.filter((way) => way !== null).slice(0, kMostWays);
}

function joined(one: AllOf, other: AllOf): AllOf | null {
  const both: Record<string, readonly Atom[]> = { ...one };
  for (const [key, values] of Object.entries(other)) {
    both[key] = one[key]?.filter((value) => values.includes(value)) ?? values;
    if (both[key].length === 0) return null;
  }
  return both;
}

function withAncestors(way: AllOf, known: Known, seen: ReadonlySet<string>): readonly AllOf[] {
  const open = Object.keys(way).filter((key) => !seen.has(key));
  if (open.length === 0) return [way];
  const needs = open.map((key) => known.get(key)?.when).filter((when) => when !== undefined);
  const next = needs.map((when) => towards(when, known)).reduce(crossed, [way]);
  return next.flatMap((each) => withAncestors(each, known, new Set([...seen, ...open])));
}
