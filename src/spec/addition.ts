/** What `add` puts on top of a project: a route, a middleware, a deployment. */

import type { Issue } from '../error.ts';
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
  /**
   * The commands that one runs next, each an argv array, by the answers of the addition and of the
   * project; absent: those that build and test it.
   */
  readonly next?: (addition: Values, project: Values) => readonly (readonly string[])[];
  /**
   * What of the project's files stands in the way of a new one, by the answers of both; `read`
   * gives null where there is no such file. Only `add` asks for it.
   */
  readonly inTheWay?: (
    addition: Values,
    project: Values,
    read: (path: string) => string | null,
  ) => Issue | null;
  /** The answers of the project with which it can be added; absent: with any. */
  readonly when?: Condition;
  /** Why not otherwise, in one sentence; absent where `when` is. */
  readonly whyNot?: string;
}
