/** A draft → Spec: every problem at once, each with its place and its fix. */

import type { Issue } from '../../error.ts';
import type { AdditionKind } from '../addition.ts';
import { type DraftExtras, kNoDraftExtras } from '../draft.ts';
import type { Answers } from '../question.ts';
import type { Rule } from '../rule.ts';
import { kSpecVersion, type Spec } from '../spec.ts';
import { verdictOn } from '../verdict.ts';
import { parseExtras } from './parse-extras.ts';
import { type Questionnaire, valuesOf } from './parse-values.ts';

export type Parsed =
  | { readonly ok: true; readonly spec: Spec; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

interface Grammar extends Questionnaire {
  readonly additions?: readonly AdditionKind[];
  /** Reports parts of the spec that are valid alone, but incompatible with each other. */
  readonly objections?: (spec: Spec) => readonly Issue[];
}

/** The validated, frozen spec; unanswered questions get their default. */
export function parseAnswers(
  answers: Answers,
  grammar: Grammar,
  draft: DraftExtras = kNoDraftExtras,
): Parsed {
  const { values, issues } = valuesOf(answers, grammar);
  const { rules } = verdictOn(grammar.rules, values);
  const warnings = rules.filter((rule) => rule.status === 'warn').map(issueOf);
  const refusals = rules.filter((rule) => rule.status !== 'warn').map(issueOf);
  const extras = parseExtras(draft, grammar.additions ?? [], values);
  const all = [...issues, ...refusals, ...extras.issues];
  if (all.length > 0) return { ok: false, issues: all };
  const { additions, packs, owners } = extras;
  const spec: Spec = { version: kSpecVersion, values, additions, packs, owners };
  const objections = grammar.objections?.(spec) ?? [];
  return objections.length > 0
    ? { ok: false, issues: objections }
    : { ok: true, spec: deepFreeze(spec), warnings };
}

/**
 * Reports a rule under its last key, which is the choice to correct; the keys before it are the
 * circumstances.
 */
function issueOf(rule: Rule): Issue {
  return { at: Object.keys(rule.when).at(-1) ?? '', message: rule.message, fix: rule.fix };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object') deepFreeze(inner);
  return Object.freeze(value);
}
