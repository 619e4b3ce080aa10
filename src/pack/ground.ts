/** What packs offer to the packs that build on them. */

import type { AdditionKind } from '../spec/addition.ts';
import type { Question } from '../spec/question.ts';
import type { Pack } from './pack.ts';

export interface Ground {
  readonly questions: readonly Question[];
  readonly additions: readonly AdditionKind[];
}

/** The questions of these packs, and what they can add. */
export function groundOf(packs: readonly Pack[]): Ground {
  const generators = packs.flatMap((pack) => pack.generators);
  return {
    questions: generators.flatMap((generator) => generator.questions),
    additions: generators.flatMap((generator) => generator.additions ?? []),
  };
}
