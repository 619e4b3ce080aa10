/** What `add` switches on in a project created without it: an admin listener, a daemon. */

import type { AdditionKind } from './addition.ts';

/** Changes answers of the project itself, whereas an addition is one more list entry. */
export interface Feature {
  /** The word after `add`: `admin`. No addition has the same. */
  readonly kind: string;
  /** `a listener for administrators`. */
  readonly title: string;
  /** What it is and when to use it, for `add --help`. */
  readonly help: string;
  /** The key of the choice question that decides on it: its value is the operand of `add`. */
  readonly question: string;
  /** The answer that means the project doesn't have it. */
  readonly off: string;
  /** The answer used if no value is named. */
  readonly usual: string;
}

/** Which of the two follows `add`. */
export function isFeature(kind: AdditionKind | Feature): kind is Feature {
  return 'question' in kind;
}
