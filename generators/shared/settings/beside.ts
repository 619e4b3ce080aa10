/** Listeners that a program has besides its services: its tests turn them off. */

import type { Setting } from '../../../src/plan/setting.ts';

export interface Beside {
  readonly key: string;
  /** The value that turns the listener off. */
  readonly word: string;
}

/** Several programs at once would all want the same address. */
export function listensBeside(settings: readonly Setting[]): readonly Beside[] {
  return settings.flatMap(({ key, takes }) => {
    return takes.kind === 'address' && takes.word !== null ? [{ key, word: takes.word }] : [];
  });
}
