/** The functions that check a setting's value. */

import type { Check, Setting } from '../../../src/plan/setting.ts';

export function checksOf({ check, takes }: Setting): readonly Check[] {
  const given = takes.kind === 'path' ? takes.given : undefined;
  return [check, given].filter((one) => one !== undefined);
}
