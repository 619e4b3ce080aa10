/** A wish as somebody wrote it: its form is known, its sense is unchecked. */

import type { Answers } from './question.ts';
import type { PackReference, Spec } from './spec.ts';

export interface Draft extends DraftExtras {
  readonly answers: Answers;
}

/** What a wish holds beside answers. */
export interface DraftExtras {
  readonly additions: readonly Answers[];
  readonly packs: readonly Answers[];
  readonly owners: Answers;
}

export const kNoDraftExtras: DraftExtras = { additions: [], packs: [], owners: {} };

/** A wish that was checked before, to be changed and checked again. */
export function draftOf({ values, additions, packs, owners }: Spec): Draft {
  return {
    answers: values,
    additions: additions.map((addition) => ({ kind: addition.kind, ...addition.values })),
    packs: packs.map(packAnswers),
    owners,
  };
}

/** A reference as it stands in a wish. */
export function packAnswers(reference: PackReference): Answers {
  return { ...reference };
}
