/** What `add` puts on top of a project: a route, a middleware, a deployment. */

import type { Condition, Question, Values } from './question.ts';

/** One thing that was added; it stands in `hpserver.json` as `{"kind": "route", "name": …}`. */
export interface Addition {
  readonly kind: string;
  /** The answers to the questions of its kind, by their keys. */
  readonly values: Values;
}

/** What can be added, and what has to be known of it: data, as questions are. */
export interface AdditionKind {
  /** The word behind `add`: `route`. */
  readonly kind: string;
  /** `a route, with its handler and its test`. */
  readonly title: string;
  /** What it is and when one wants it, for `add --help`. */
  readonly help: string;
  /**
   * Their keys are the kind's own (`name`, `method`), and so are their conditions. The first one
   * names the addition: it is the operand of `add`, and no two of a kind share its value.
   */
  readonly questions: readonly Question[];
  /** The answers of the project with which it can be added; absent: with any. */
  readonly when?: Condition;
  /** Why not otherwise, in one sentence; absent where `when` is. */
  readonly whyNot?: string;
}
