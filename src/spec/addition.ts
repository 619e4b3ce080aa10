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
   * Their keys belong to the kind (`name`, `method`), and so do their conditions. The first one
   * names the addition: it is the operand of `add`, and no two of a kind share its value.
   */
  readonly questions: readonly Question[];
  /**
   * The commands to run next, each an argv array, given the answers of the addition and of the
   * project; absent: those that build and test it.
   */
  readonly next?: (addition: Values, project: Values) => readonly (readonly string[])[];
  /**
   * What in the project's files prevents a new one, given both sets of answers; `read` returns null
   * for a missing file. Only `add` asks for it.
   */
  readonly inTheWay?: (
    addition: Values,
    project: Values,
    read: (path: string) => string | null,
  ) => Issue | null;
  /** The project's answers with which it can be added; absent: any. */
  readonly when?: Condition;
  /** Why not otherwise, in one sentence; absent if `when` is. */
  readonly whyNot?: string;
}
