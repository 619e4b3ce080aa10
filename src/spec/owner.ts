/** Who may change a file, and whom the user has named instead. */

import picomatch from 'picomatch';

/**
 * Artefacts are `generated`, most files are `merged`, `user` files are written once.
 */
export type Owner = 'generated' | 'merged' | 'user';

export const kOwners: readonly Owner[] = ['generated', 'merged', 'user'];

/** The owner that the last matching glob names; null where none matches. */
export function ownerAmong(
  owners: Readonly<Record<string, Owner>>,
): (path: string) => Owner | null {
  const rules = Object.entries(owners).map(([glob, owner]) => {
    return { matches: picomatch(glob, { dot: true }), owner };
  });
  return (path) => rules.findLast(({ matches }) => matches(path))?.owner ?? null;
}
