/** The order in which Biome puts imports: `a2` before `a10`, and `a.ts` before `a-b.ts`. */

/** Below zero where `one` comes first. */
export function compareNaturally(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (const [index, part] of left.entries()) {
    const counterpart = right[index];
    if (counterpart === undefined) return 1;
    if (part === counterpart) continue;
    const difference = Number(part) - Number(counterpart);
    return difference || (part < counterpart ? -1 : 1);
  }
  return left.length - right.length;
}

/** Numbers in one piece, all else letter by letter; what a file's name ends in does not count. */
function partsOf(path: string): readonly string[] {
  return path.replace(/\.ts$/, '').match(/\d+|\D/g) ?? [];
}
