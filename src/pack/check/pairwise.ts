/** Covering arrays: few rows that contain every pair of levels of any two factors. */

/** How many levels each factor has. */
export type Levels = readonly number[];

/** A level for each factor. */
export type Row = readonly number[];

/** All rows, or null if there are more than the limit. */
export function allRows(levels: Levels, limit: number): readonly Row[] | null {
  if (levels.reduce((product, count) => product * count, 1) > limit) return null;
  return levels.reduce<readonly Row[]>(
    (rows, count) => rows.flatMap((row) => range(count).map((level) => [...row, level])),
    [[]],
  );
}

/**
 * Greedy: each row starts with an uncovered pair, and takes for every other factor the level that
 * covers the most. Deterministic. See Cohen et al., The AETG system (1997).
 */
export function pairwise(levels: Levels): readonly Row[] {
  const [only = 1] = levels;
  if (levels.length <= 1) return range(only).map((level) => levels.map(() => level));
  const open = openPairs(levels);
  const rows: Row[] = [];
  for (const first of open) {
    const row: (number | undefined)[] = levels.map(() => undefined);
    const [a = 0, x = 0, b = 0, y = 0] = first.split(' ').map(Number);
    row[a] = x;
    row[b] = y;
    for (const factor of levels.keys()) row[factor] ??= bestLevel(row, factor, levels, open);
    const full = row.map((level) => level ?? 0);
    for (const pair of pairsOf(full)) open.delete(pair);
    rows.push(full);
  }
  return rows;
}

function openPairs(levels: Levels): Set<string> {
  const pairs = new Set<string>();
  for (const [a, countA] of levels.entries()) {
    for (const [b, countB] of levels.entries()) {
      if (b <= a) continue;
      for (const x of range(countA))
        for (const y of range(countB)) pairs.add(`${a} ${x} ${b} ${y}`);
    }
  }
  return pairs;
}

function bestLevel(
  row: readonly (number | undefined)[],
  factor: number,
  levels: Levels,
  open: ReadonlySet<string>,
): number {
  const gains = range(levels[factor] ?? 1).map((level) => {
    const tried = row.map((own, at) => (at === factor ? level : own));
    return pairsOf(tried).filter((pair) => open.has(pair)).length;
  });
  return gains.indexOf(Math.max(...gains));
}

function pairsOf(row: readonly (number | undefined)[]): readonly string[] {
  return row.flatMap((x, a) =>
    row.flatMap((y, b) =>
      b > a && x !== undefined && y !== undefined ? [`${a} ${x} ${b} ${y}`] : [],
    ),
  );
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}
