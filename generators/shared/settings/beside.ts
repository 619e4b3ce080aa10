/** Where a program listens beside what it serves: what tests of it leave out. */

import type { Setting } from '../../../src/plan/setting.ts';

export interface Beside {
  readonly key: string;
  /** The word that says nowhere. */
  readonly word: string;
}

/** Several programs at once would all want the same place. */
export function listensBeside(settings: readonly Setting[]): readonly Beside[] {
  return settings.flatMap(({ key, takes }) => {
    return takes.kind === 'address' && takes.word !== null ? [{ key, word: takes.word }] : [];
  });
}
