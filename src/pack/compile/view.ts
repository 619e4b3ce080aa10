/** What a pack's templates see of a spec: plain values, nested by the dots in their keys. */

import { choicesOf } from '../../spec/choices.ts';
import { has } from '../../spec/condition.ts';
import type { Choice, Question, Value, Values } from '../../spec/question.ts';

export interface View {
  readonly [name: string]: ViewValue;
}
export type ViewValue = Value | null | View | readonly View[];

/** Names in the view that don't belong to questions: no key may start with one of them. */
export const kViewNames: readonly string[] = ['is', 'as', 'addition', 'additions', 'answers'];

/**
 * Each value is under its key (`io.model`). Under `is` there is a boolean for each choice
 * (`is.io.model.epoll`), and under `as` each text in several spellings (`as.name.snake`). Values
 * that do not apply are null, so a template can test for them.
 */
export function viewOf(questions: readonly Question[], values: Values): View {
  const view = emptyBranch();
  for (const question of questions) {
    const value = values[question.key] ?? null;
    const path = question.key.split('.');
    plant(view, path, value);
    const choices = choicesOf(question);
    if (choices.length > 0) plant(view, ['is', ...path], chosen(choices, value));
    if (question.kind === 'text') plant(view, ['as', ...path], spellings(value));
  }
  return view as View;
}

interface Branch {
  [name: string]: unknown;
}

/** Has no prototype that a key could lead into. */
function emptyBranch(): Branch {
  return Object.create(null) as Branch;
}

function plant(view: Branch, path: readonly string[], leaf: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    view[name] = leaf;
    return;
  }
  view[name] ??= emptyBranch();
  plant(view[name] as Branch, rest, leaf);
}

function chosen(choices: readonly Choice[], answer: Value | null): View {
  return Object.fromEntries(choices.map(({ value }) => [value, has(answer, value)]));
}

/** `user-list` in the spellings programs use for names. */
function spellings(value: Value | null): View {
  const words = String(value ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    snake: words.join('_'),
    kebab: words.join('-'),
    constant: words.join('_').toUpperCase(),
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
  };
}
