/** Finds a file that the user has moved: by its content, exact or nearly so. */

export interface Missing {
  readonly id: string;
  readonly path: string;
  /** As it was written last. */
  readonly base: string;
}

/** As much of its lines as a moved file has to have kept: git's default for renames is 0.5. */
const kLeastLikeness = 0.6;

/** By the missing file's id: where it stands now. Each stray is taken once, the likest first. */
export function findMoved(
  missing: readonly Missing[],
  strays: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const pairs = missing.flatMap((file) =>
    [...strays]
      .filter(([path]) => extension(path) === extension(file.path))
      .map(([path, text]) => ({ id: file.id, path, likeness: likeness(file.base, text) }))
      .filter((pair) => pair.likeness >= kLeastLikeness),
  );
  const moved = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, path } of pairs.toSorted((a, b) => b.likeness - a.likeness)) {
    if (moved.has(id) || taken.has(path)) continue;
    moved.set(id, path);
    taken.add(path);
  }
  return moved;
}

/** Dice's coefficient over lines that say something: 1 for the same ones, 0 for none in shared. */
function likeness(one: string, other: string): number {
  if (one === other) return one.trim() === '' ? 0 : 1;
  const [left, right] = [linesOf(one), linesOf(other)];
  const counts = new Map<string, number>();
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of right) {
    const count = counts.get(line) ?? 0;
    if (count === 0) continue;
    counts.set(line, count - 1);
    shared += 1;
  }
  const total = left.length + right.length;
  return total === 0 ? 0 : (2 * shared) / total;
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 1);
}

function extension(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? '';
}
