/** Where a program listens in addition to its services: what its tests leave out. */

import type { Setting } from '../../../src/plan/setting.ts';

export interface Beside {
  readonly key: string;
  /** The word that means nowhere. */
  readonly word: string;
}

/** Several programs at once would all want the same address. */
export function listensBeside(settings: readonly Setting[]): readonly Beside[] {
  return settings.flatMap(({ key, takes }) => {
    return takes.kind === 'address' && takes.word !== null ? [{ key, word: takes.word }] : [];
  });
}
