/** Answers that were only the default next to another answer, and change when that one does. */

import { isSameValue } from './choices.ts';
import { keysOf } from './condition.ts';
import type { Questionnaire } from './parse/parse-values.ts';
import type { Answers, Question, Values } from './question.ts';
import { defaultOf } from './verdict.ts';

/** The keys of such answers among `before`, now that `stated` is answered: see decision 47. */
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
