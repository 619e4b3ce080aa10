/** What became of one test: the one form in which every runner of the gate tells it. */

import { appendFileSync } from 'node:fs';

export interface Outcome {
  /** Finds it again in its runner: `ReactorTest.TellsOfAnEnd`, `test/cli/create.test.ts > git`. */
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** How many checks it is made of: a row of the matrix has hundreds, most tests are one. */
  readonly checks: number;
  /** How many of them passed only when they were run again: luck that the gate counts. */
  readonly repeats: number;
  /** Why it failed or was skipped, or which checks were repeated; else empty. */
  readonly why: string;
  /** Runs it alone, from the repository's root. */
  readonly again: string;
}

/** Names the file, one JSON object a line, that a runner's outcomes are added to. */
export const kOutcomesVariable = 'HPSERVER_OUTCOMES';

/** Outside of the gate nobody has asked, and nothing is written. */
export function tellOutcomes(outcomes: readonly Outcome[]): void {
  const file = process.env[kOutcomesVariable];
  if (file === undefined || outcomes.length === 0) return;
  appendFileSync(file, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
}
