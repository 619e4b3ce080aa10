/** Who may change a file, and the owners the user has set instead. */

import { matcherOf } from './glob.ts';

/** `generated`: an artefact. `merged`: most files. `user`: written once, then the user's. */
export type Owner = 'generated' | 'merged' | 'user';

export const kOwners: readonly Owner[] = ['generated', 'merged', 'user'];

/** Patterns such as `+(…)` are off: nested, they take hours to match one path. */
const kGlobs = { dot: true, noextglob: true } as const;
/**
 * Each wildcard is a loop inside the loops of those before it: with seven, a path of 64 equal
 * letters takes minutes.
 */
const kMaxWildcards = 4;
const kMaxBraces = 3;
const kMaxLength = 256;

/** Why a configuration's glob is rejected; null for a valid one. */
export function globFault(glob: string): string | null {
  if (glob.length > kMaxLength) return `has more than ${kMaxLength} characters`;
  const stars = glob.match(/\*+/g)?.length ?? 0;
  if (stars > kMaxWildcards) return `has more than ${kMaxWildcards} wildcards`;
  const braces = glob.match(/[{(]/g)?.length ?? 0;
  return braces > kMaxBraces ? `has more than ${kMaxBraces} groups` : null;
}

/** The owner set by the last matching glob; null if none matches. */
export function ownerAmong(
  owners: Readonly<Record<string, Owner>>,
): (path: string) => Owner | null {
  const rules = Object.entries(owners).map(([glob, owner]) => {
    return { matches: matcherOf(glob, kGlobs), owner };
  });
  return (path) => rules.findLast(({ matches }) => matches(path))?.owner ?? null;
}
