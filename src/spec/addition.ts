/** What `add` adds to a project: a route, a middleware, a deployment. */

import type { Issue } from '../error.ts';
import type { Condition, Question, Values } from './question.ts';

/** One added thing; in `hpserver.json` it is `{"kind": "route", "name": …}`. */
export interface Addition {
  readonly kind: string;
  /** The answers to its kind's questions, by key. */
  readonly values: Values;
}

/** What can be added, and what must be known about it: data, like questions. */
export interface AdditionKind {
  /** The word after `add`: `route`. */
  readonly kind: string;
  /** `a route, with its handler and its test`. */
  readonly title: string;
  /** What it is and when to use it, for `add --help`. */
  readonly help: string;
  /**
   * The keys in these questions and in their conditions are the kind's own (`name`, `method`). The
   * first question names the addition: it is the operand of `add`, and each addition of a kind has
   * a different answer to it.
   */
  readonly questions: readonly Question[];
  /**
   * The commands to run after `add`, each an argv array, given the answers of the addition and of
   * the project. If absent, the commands that build and test the project.
   */
  readonly next?: (addition: Values, project: Values) => readonly (readonly string[])[];
  /**
   * Why something in the project's files prevents this addition, given both sets of answers; null
   * if nothing does. `read` returns null for a missing file. Only `add` checks this.
   */
  readonly inTheWay?: (
    addition: Values,
    project: Values,
    read: (path: string) => string | null,
  ) => Issue | null;
  /** The kind can be added only to projects with these answers; if absent, to any project. */
  readonly when?: Condition;
  /** Why it can't be added to other projects, in one sentence; absent if `when` is. */
  readonly whyNot?: string;
}
