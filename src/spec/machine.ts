/** What rules may know about the machine a command runs on, besides the answers. */

import { holds } from './condition.ts';
import type { Rule } from './rule.ts';

/** Facts by name: `io-uring` is `forbidden`. Facts that were not checked are absent. */
export type Machine = Readonly<Record<string, string>>;

/** The rules that apply on this machine: those about others are left out. */
export function rulesOn(rules: readonly Rule[], machine: Machine): readonly Rule[] {
  return rules.filter((rule) => rule.machine === undefined || holds(rule.machine, machine));
}
