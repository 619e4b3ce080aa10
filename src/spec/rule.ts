/**
 * A rule that spans questions: data, so wizard, validation, `explain` and docs all say the same.
 */

import type { AllOf, Values } from './question.ts';

export interface Rule {
  /** The combination the rule is about; its last key is the choice to correct. */
  readonly when: AllOf;
  /**
   * Facts about this machine that must be true, too: see `machine.ts`. Such a rule only warns, and
   * no default depends on it, so the same command line creates the same project on every machine.
   */
  readonly machine?: AllOf;
  /** `refused`: impossible. `warn`: offered, and the message is printed. */
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
  /** The answers that the preset sets. All other questions keep their defaults. */
  readonly values: Values;
}
