/**
 * A rule that crosses questions: data, so that wizard, validation, `explain` and docs say the same.
 */

import type { AllOf, Values } from './question.ts';

export interface Rule {
  /** The combination that the rule speaks of; its last key is the choice to mend. */
  readonly when: AllOf;
  /**
   * What has to be so on this machine as well: facts of `machine.ts`. Such a rule only warns, and
   * no default depends on it: the same command line gives the same project everywhere.
   */
  readonly machine?: AllOf;
  /** `refused`: cannot be. `warn`: offered, and the message is printed. */
  readonly status: 'refused' | 'warn';
  /** Why, in one sentence. */
  readonly message: string;
  /** What to choose instead, in one sentence that names the flag. */
  readonly fix: string;
}

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Answers that it fixes; the rest keeps its default. */
  readonly values: Values;
}
