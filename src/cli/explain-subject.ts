/** What `explain` was asked about: a question, a choice or a preset, by any of its names. */

import { ExitCode, UserError } from '../error.ts';
import type { Catalog } from '../plan/catalog.ts';
import { choicesOf } from '../spec/choices.ts';
import { flagOf } from '../spec/flag.ts';
import type { Choice, Question } from '../spec/question.ts';
import type { Preset } from '../spec/rule.ts';
import { nearest } from '../spec/words/nearest.ts';

export type Subject =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'choice'; readonly question: Question; readonly choice: Choice }
  | { readonly kind: 'preset'; readonly preset: Preset };

/**
 * The operand may be `io.model`, `io`, `io=poll`, `nginx-like`, or only a choice; the result has
 * several subjects if several questions have that choice. Errors: `UserError` (usage) if nothing
 * has that name.
 */
export function subjectsOf(catalog: Catalog, operand: string): readonly Subject[] {
  const [name = '', value] = operand.split(/=(.*)/s);
  const question = catalog.questions.find((each) => namesOf(each).includes(name));
  if (value !== undefined) return [choiceOf(question ?? refused(catalog, name), value)];
  if (question !== undefined) return [{ kind: 'question', question }];
  const preset = catalog.presets.find(({ id }) => id === name);
  if (preset !== undefined) return [{ kind: 'preset', preset }];
  const choices = catalog.questions.flatMap((each) =>
    choicesOf(each)
      .filter((choice) => choice.value === name)
      .map((choice) => ({ kind: 'choice', question: each, choice }) as const),
  );
  return choices.length > 0 ? choices : refused(catalog, name);
}

function namesOf(question: Question): readonly string[] {
  return [question.key, flagOf(question), ...(question.aliases ?? [])];
}

function choiceOf(question: Question, value: string): Subject {
  const choices = choicesOf(question);
  const choice = choices.find((each) => each.value === value);
  if (choice !== undefined) return { kind: 'choice', question, choice };
  const values = choices.map((each) => each.value);
  throw unknown(value, `choice of ${question.key}`, values, values);
}

function refused({ questions, presets }: Catalog, name: string): never {
  const choices = questions.flatMap(choicesOf).map(({ value }) => value);
  const ids = presets.map(({ id }) => id);
  const candidates = [...questions.flatMap(namesOf), ...ids, ...choices];
  const keys = questions.map(({ key }) => key);
  throw unknown(name, 'question, choice or preset', candidates, [...keys, ...ids]);
}

function unknown(
  name: string,
  what: string,
  candidates: readonly string[],
  shown: readonly string[],
): UserError {
  const meant = nearest(name, candidates);
  const all = shown.length === 0 ? 'It has no choices.' : `Choose one of: ${shown.join(', ')}.`;
  const fix = meant === null ? all : `Did you mean ${meant}? ${all}`;
  const issue = { at: name, message: `there is no ${what} "${name}"`, fix };
  return new UserError(ExitCode.usage, [issue]);
}
