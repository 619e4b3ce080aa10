/**
 * Some answers were only the default that followed from another answer: if that one changes, so do
 * they.
 */

import { isSameValue } from './choices.ts';
import { keysOf } from './condition.ts';
import type { Questionnaire } from './parse/parse-values.ts';
import type { Answers, Question, Values } from './question.ts';
import { defaultOf } from './verdict.ts';

/**
 * The keys of answers in `before` that only followed from answers which `stated` changes: see
 * decision 47.
 */
export function followersOf(
  before: Values,
  stated: Answers,
  { questions, rules }: Questionnaire,
): ReadonlySet<string> {
  const changed = new Set(
    Object.keys(stated).filter((key) => !isSameValue(before[key], stated[key])),
  );
  const followers = new Set<string>();
  for (const question of questions) {
    const { key } = question;
    if (key in stated || !takesItsDefaultFrom(question, changed)) continue;
    if (!isSameValue(before[key], defaultOf(question, rules, before))) continue;
    followers.add(key);
    changed.add(key);
  }
  return followers;
}

function takesItsDefaultFrom({ usual = [] }: Question, keys: ReadonlySet<string>): boolean {
  return usual.some(({ when }) => keysOf(when).some((key) => keys.has(key)));
}
