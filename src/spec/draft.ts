/** A configuration as written by the user: its form is checked, its meaning isn't. */

import type { Answers } from './question.ts';
import type { PackReference, Spec } from './spec.ts';

export interface Draft extends DraftExtras {
  readonly answers: Answers;
}

/** What a configuration holds besides answers. */
export interface DraftExtras {
  readonly additions: readonly Answers[];
  readonly packs: readonly Answers[];
  readonly owners: Answers;
}

export const kNoDraftExtras: DraftExtras = { additions: [], packs: [], owners: {} };

/** A validated configuration, to be changed and checked again. */
export function draftOf({ values, additions, packs, owners }: Spec): Draft {
  return {
    answers: values,
    additions: additions.map((addition) => ({ kind: addition.kind, ...addition.values })),
    packs: packs.map(packAnswers),
    owners,
  };
}

/** A reference as written in a configuration. */
export function packAnswers(reference: PackReference): Answers {
  return { ...reference };
}
