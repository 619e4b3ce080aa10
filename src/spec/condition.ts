/** When a condition, a question or a rule speaks of the values at hand. */

import type { Answers, Condition, Question } from './question.ts';

/** True where every key has one of its values; a key without a value makes it false. */
export function holds(condition: Condition, values: Answers): boolean {
  return Object.entries(condition).every(([key, allowed]) =>
    allowed.some((value) => value === values[key]),
  );
}

/** True where the question is asked: it has no condition, or its condition holds. */
export function applies(question: Question, values: Answers): boolean {
  return question.when === undefined || holds(question.when, values);
}

/** `language is cpp and io.model is epoll or poll`. */
export function inWords(condition: Condition): string {
  return Object.entries(condition)
    .map(([key, allowed]) => `${key} is ${allowed.join(' or ')}`)
    .join(' and ');
}
