/** What rules may know of the machine on which a command runs, beside the answers. */

import { holds } from './condition.ts';
import type { Rule } from './rule.ts';

/** Facts by their names: `io-uring` is `forbidden`. What nobody has looked for is not there. */
export type Machine = Readonly<Record<string, string>>;

/** The rules as they are on this machine: those about others are left out. */
export function rulesOn(rules: readonly Rule[], machine: Machine): readonly Rule[] {
  return rules.filter((rule) => rule.machine === undefined || holds(rule.machine, machine));
}
