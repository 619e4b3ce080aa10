/** A test's outcome, in the form in which every runner of the gate reports it. */

import { appendFileSync } from 'node:fs';

export interface Outcome {
  /** Identifies it in its runner: `ReactorTest.TellsOfAnEnd`, `test/cli/create.test.ts > git`. */
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** The number of checks in it: a row of the matrix has hundreds, most tests have one. */
  readonly checks: number;
  /** How many of these checks passed only on a second try: luck, which the gate counts. */
  readonly repeats: number;
  /** Why it failed or was skipped, or which checks were repeated; otherwise empty. */
  readonly why: string;
  /** The command that runs this test alone, from the repository's root. */
  readonly again: string;
}

/** Names the file to which a runner's outcomes are appended, one JSON object per line. */
export const kOutcomesVariable = 'HPSERVER_OUTCOMES';

/** Does nothing outside the gate. */
export function tellOutcomes(outcomes: readonly Outcome[]): void {
  const file = process.env[kOutcomesVariable];
  if (file === undefined || outcomes.length === 0) return;
  appendFileSync(file, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
}
