/** The steps of a program's life, as taken by each language's `main`. */

import { kMoments, type Moment, type Step } from '../../src/plan/contribution.ts';

/** What one language calls at each moment; `callOf` returns null for a step it doesn't have. */
export function byMoment<Call>(
  steps: readonly Step[],
  callOf: (step: Step) => Call | null,
): Readonly<Record<Moment, readonly Call[]>> {
  const at = (moment: Moment): readonly Call[] =>
    steps
      .filter((step) => step.moment === moment)
      .map(callOf)
      .filter((call) => call !== null);
  const all = kMoments.map((moment) => [moment, at(moment)]);
  return Object.fromEntries(all) as Record<Moment, readonly Call[]>;
}
