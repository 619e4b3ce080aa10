/** A question's name on the command line. */

import type { Question } from './question.ts';

/** The long flag without dashes: `io-model` for `io.model`. */
export function flagOf(question: Question): string {
  return question.flag ?? question.key.replaceAll('.', '-');
}
