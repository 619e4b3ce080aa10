/** What `add` switches on in a project that was made without it: an admin listener, a daemon. */

import type { AdditionKind } from './addition.ts';

/** Answers of the project itself, where an addition is one more entry of a list. */
export interface Feature {
  /** The word behind `add`: `admin`. No addition has the same. */
  readonly kind: string;
  /** `a listener for administrators`. */
  readonly title: string;
  /** What it is and when one wants it, for `add --help`. */
  readonly help: string;
  /** The key of the question that decides on it, a choice: its value is the operand of `add`. */
  readonly question: string;
  /** Where this is the answer, there is none. */
  readonly off: string;
  /** What is meant where no value is named. */
  readonly usual: string;
}

/** Which of both stands behind `add`. */
export function isFeature(kind: AdditionKind | Feature): kind is Feature {
  return 'question' in kind;
}
