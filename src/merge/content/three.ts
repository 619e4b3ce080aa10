/** Three versions of a thing: as last written, as on the disk now, and as generated now. */

export interface Three<T> {
  readonly base: T;
  readonly disk: T;
  readonly next: T;
}

export function mapThree<T, U>({ base, disk, next }: Three<T>, map: (side: T) => U): Three<U> {
  return { base: map(base), disk: map(disk), next: map(next) };
}

/** The result if the sides do not contradict each other; null if they do. */
export function agreed<T>(
  { base, disk, next }: Three<T>,
  same: (a: T, b: T) => boolean = Object.is,
): { readonly value: T } | null {
  if (same(disk, next) || same(next, base)) return { value: disk };
  return same(disk, base) ? { value: next } : null;
}

/**
 * For things that must never conflict: the user's choice if there is one, otherwise the
 * generators'.
 */
export function chosen<T>({ base, disk, next }: Three<T>): T {
  return disk === base ? next : disk;
}
