/** When a condition, a question or a rule applies to the given values. */

import type { Answers, Atom, Condition, Question } from './question.ts';
import { listed } from './words/listed.ts';

/** Words in a condition that have a special meaning, and aren't keys. */
export const kConditionWords: readonly string[] = ['any', 'not'];

/** The keys at the top level of a condition, each with its values. */
export function keyParts(condition: Condition): readonly (readonly [string, readonly Atom[]])[] {
  return Object.entries(condition).filter(
    (entry): entry is [string, readonly Atom[]] => !kConditionWords.includes(entry[0]),
  );
}

/** All keys in a condition, including nested ones, each once. */
export function keysOf(condition: Condition): readonly string[] {
  const inner = [...(condition.any ?? []), ...(condition.not === undefined ? [] : [condition.not])];
  return [...new Set([...keyParts(condition).map(([key]) => key), ...inner.flatMap(keysOf)])];
}

export function holds(condition: Condition, values: Answers): boolean {
  const { any, not } = condition;
  return (
    keyParts(condition).every(([key, allowed]) => allowed.some((atom) => has(values[key], atom))) &&
    (any === undefined || any.some((each) => holds(each, values))) &&
    (not === undefined || (isDecided(not, values) && !holds(not, values)))
  );
}

/** True if the value equals the atom or, for a set, contains it. */
export function has(value: unknown, atom: Atom): boolean {
  return Array.isArray(value) ? value.includes(atom) : value === atom;
}

function isDecided(condition: Condition, values: Answers): boolean {
  return keysOf(condition).every((key) => values[key] !== undefined);
}

/** True if the question is asked: it has no condition, or its condition holds. */
export function applies(question: Question, values: Answers): boolean {
  return question.when === undefined || holds(question.when, values);
}

/** `language is cpp and io.model is epoll or poll`. */
export function inWords(condition: Condition): string {
  const { any, not } = condition;
  return [
    ...keyParts(condition).map(([key, allowed]) => `${key} is ${either(allowed)}`),
    ...(any === undefined ? [] : [`(${any.map(inWords).join('; or ')})`]),
    ...(not === undefined ? [] : [negated(not)]),
  ].join(' and ');
}

/** `io.model is not epoll or poll`. */
function negated(not: Condition): string {
  const [first, ...others] = keyParts(not);
  const isPlain = others.length === 0 && not.any === undefined && not.not === undefined;
  if (first !== undefined && isPlain) return `${first[0]} is not ${either(first[1])}`;
  return `not (${inWords(not)})`;
}

/** `epoll, poll or select`. */
function either(atoms: readonly Atom[]): string {
  return listed(atoms.map(String), 'or');
}
