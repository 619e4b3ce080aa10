/** What `add` switches on in a project created without it: an admin listener, a daemon. */

import type { AdditionKind } from './addition.ts';

/**
 * A feature changes the project's own answers. An addition, in contrast, adds an entry to a list.
 */
export interface Feature {
  /** The word after `add`: `admin`. No addition has the same. */
  readonly kind: string;
  /** `a listener for administrators`. */
  readonly title: string;
  /** What it is and when to use it, for `add --help`. */
  readonly help: string;
  /** The key of the choice question that turns the feature on. A choice is the operand of `add`. */
  readonly question: string;
  /** The choice that turns the feature off. */
  readonly off: string;
  /** The choice that `add` takes if none is given. */
  readonly usual: string;
}

/** Whether `add` switches on a feature, rather than adding an entry. */
export function isFeature(kind: AdditionKind | Feature): kind is Feature {
  return 'question' in kind;
}
