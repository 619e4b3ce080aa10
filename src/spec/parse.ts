/** Answers → Spec: every problem at once, each with its place and its way out. */

import type { Issue } from '../error.ts';
import { checkValue } from './check-value.ts';
import { applies, inWords } from './condition.ts';
import { flagOf } from './flag.ts';
import { nearest } from './nearest.ts';
import type { Answers, Question, Value, Values } from './question.ts';
import type { Rule } from './rule.ts';
import { kNoExtras, kSpecVersion, type Spec } from './spec.ts';
import { defaultOf, verdictOn } from './verdict.ts';

export type Parsed =
  | { readonly ok: true; readonly spec: Spec; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

interface Grammar {
  /** A question stands after those that its condition names. */
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
}

/** The validated, frozen spec; what is not answered gets its default. */
export function parseAnswers(answers: Answers, grammar: Grammar): Parsed {
  const issues: Issue[] = unknownKeys(answers, grammar.questions);
  const values: Record<string, Value> = {};
  const faulty = new Set<string>();
  const said = possibleAnswers(answers, grammar.questions);
  for (const question of grammar.questions) {
    const raw = answers[question.key];
    if (Object.keys(question.when ?? {}).some((key) => faulty.has(key))) {
      // Whether it applies is open until that other answer is mended.
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

  const { rules } = verdictOn(grammar.rules, values);
  const warnings = rules.filter((rule) => rule.status === 'warn').map(issueOf);
  issues.push(...rules.filter((rule) => rule.status !== 'warn').map(issueOf));
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, spec: freeze(values), warnings };
}

/** Defaults look at all of them: also at what is answered to questions further down. */
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
    message: `${question.key} applies only where ${inWords(question.when ?? {})}`,
    fix: `Leave --${flagOf(question)} out, or change the answer that it depends on.`,
  };
}

/**
 * The last key of a rule is the choice that it speaks of; those before it are its circumstances.
 */
function issueOf(rule: Rule): Issue {
  return { at: Object.keys(rule.when).at(-1) ?? '', message: rule.message, fix: rule.fix };
}

function freeze(values: Readonly<Record<string, Value>>): Spec {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.freeze({
    version: kSpecVersion,
    values: Object.freeze(Object.fromEntries(sorted)),
    ...kNoExtras,
  });
}
