/** Finds files that the user has moved. Their content may have changed a little. */

export interface Missing {
  readonly id: string;
  readonly path: string;
  /** As it was last written. */
  readonly base: string;
}

/** The share of its lines that a moved file must have kept. Git's default for renames is 0.5. */
const kLeastLikeness = 0.6;

/**
 * The least number of meaningful lines. A shorter file consists mostly of lines that every file of
 * its kind begins and ends with, so it resembles many: it must be identical to count as moved.
 */
const kLeastLines = 25;

/**
 * Maps the id of each missing file to the path of the stray that it has become. The most similar
 * pairs are matched first, and no stray is used twice.
 */
export function findMoved(
  missing: readonly Missing[],
  strays: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const candidatesOf = candidatesAmong(missing);
  const pairs = [...strays].flatMap(([path, text]) =>
    candidatesOf(path, text)
      .map(({ id, path: at, base }) => ({ id, path, at, likeness: likeness(base, text) }))
      .filter((pair) => pair.likeness >= leastLikeness(pair.at, path)),
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

/**
 * A similar file in the same folder is most likely a copy that existed beside the missing file: it
 * must be identical to count as renamed.
 */
function leastLikeness(path: string, stray: string): number {
  return folderOf(path) === folderOf(stray) ? 1 : kLeastLikeness;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Dice's coefficient of the meaningful lines: 1 if they are identical, 0 if none is shared. */
function likeness(one: string, other: string): number {
  if (one === other) return one.trim() === '' ? 0 : 1;
  const [left, right] = [linesOf(one), linesOf(other)];
  if (left.length < kLeastLines) return isSame(left, right) ? 1 : 0;
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

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/** A line that occurs in more files than this doesn't tell which of them a stray comes from. */
const kFilesOfALine = 16;
/** The files that share the most lines with a stray are compared in full, up to this many. */
const kMostCandidates = 8;

/**
 * Chooses the missing files that are worth comparing with a stray: files of the same kind that are
 * identical to it, or share a line with it that few files contain. Comparing hundreds of missing
 * files with thousands of strays would take minutes.
 */
function candidatesAmong(missing: readonly Missing[]) {
  const byLine = new Map<string, Missing[]>();
  const note = (key: string, file: Missing) => {
    const files = byLine.get(key);
    if (files === undefined) byLine.set(key, [file]);
    else files.push(file);
  };
  for (const file of missing) for (const key of keysOf(file.path, file.base)) note(key, file);
  return (path: string, text: string): readonly Missing[] => {
    const shared = new Map<Missing, number>();
    for (const [at, key] of [...keysOf(path, text)].entries()) {
      const files = byLine.get(key) ?? [];
      if (at > 0 && files.length > kFilesOfALine) continue;
      for (const file of files.slice(0, kFilesOfALine))
        shared.set(file, (shared.get(file) ?? 0) + 1);
    }
    const sorted = [...shared].toSorted(([, one], [, other]) => other - one);
    return sorted.slice(0, kMostCandidates).map(([file]) => file);
  };
}

/** All lines together, then each line alone. Keys of files with different extensions differ. */
function keysOf(path: string, text: string): ReadonlySet<string> {
  const lines = linesOf(text);
  const kind = extension(path);
  return new Set([`${kind}\n${lines.join('\n')}\n`, ...lines.map((line) => `${kind}\n${line}`)]);
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
