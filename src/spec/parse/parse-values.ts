/** Answers → values: every problem at once, each with its place and its fix. */

import type { Issue } from '../../error.ts';
import { applies, inWords, keysOf } from '../condition.ts';
import { flagOf } from '../flag.ts';
import type { Answers, Question, Value, Values } from '../question.ts';
import type { Rule } from '../rule.ts';
import { defaultOf } from '../verdict.ts';
import { nearest } from '../words/nearest.ts';
import { checkValue } from './check-value.ts';

export interface Questionnaire {
  /** A question comes after those its condition refers to. */
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
}

export interface ParsedValues {
  /** The valid values, including defaults; sorted by key. */
  readonly values: Values;
  readonly issues: readonly Issue[];
}

/**
 * An unanswered question gets its default. Rules only help to choose defaults here; they refuse
 * nothing.
 */
export function valuesOf(answers: Answers, grammar: Questionnaire): ParsedValues {
  const issues: Issue[] = unknownKeys(answers, grammar.questions);
  const values: Record<string, Value> = {};
  const faulty = new Set<string>();
  const said = possibleAnswers(answers, grammar.questions);
  for (const question of grammar.questions) {
    const raw = answers[question.key];
    if (keysOf(question.when ?? {}).some((key) => faulty.has(key))) {
      // Until that answer is corrected, no one knows whether this question applies.
      faulty.add(question.key);
    } else if (!applies(question, values)) {
      if (raw !== undefined) issues.push(notAsked(question));
      continue;
    }
    if (raw === undefined) {
      values[question.key] = defaultOf(question, grammar.rules, { ...said, ...values });
      continue;
    }
    const checked = checkValue(question, raw);
    if (checked.ok) {
      values[question.key] = checked.value;
    } else {
      issues.push(checked.issue);
      faulty.add(question.key);
    }
  }
  for (const key of faulty) delete values[key];
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return { values: Object.fromEntries(sorted), issues };
}

/** The possible answers, including those to later questions: defaults must fit all of them. */
function possibleAnswers(answers: Answers, questions: readonly Question[]): Values {
  const checked = questions
    .filter(({ key }) => answers[key] !== undefined)
    .map((question) => [question.key, checkValue(question, answers[question.key])] as const);
  return Object.fromEntries(
    checked.flatMap(([key, result]) => (result.ok ? [[key, result.value]] : [])),
  );
}

function unknownKeys(answers: Answers, questions: readonly Question[]): Issue[] {
  const keys = questions.map((question) => question.key);
  return Object.keys(answers)
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const meant = nearest(key, keys);
      const fix = meant === null ? `The keys are: ${keys.join(', ')}.` : `Did you mean "${meant}"?`;
      return { at: key, message: `there is no question "${key}"`, fix };
    });
}

function notAsked(question: Question): Issue {
  return {
    at: question.key,
    message: `${question.key} applies only if ${inWords(question.when ?? {})}`,
    fix: `Leave out --${flagOf(question)}, or change the answer it depends on.`,
  };
}
