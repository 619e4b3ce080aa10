/** Biome's order of imports: `a2` before `a10`, and `a.ts` before `a-b.ts`. */

/** Below zero if `one` comes first. */
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

/** Numbers as a whole, everything else letter by letter; the file extension does not count. */
function partsOf(path: string): readonly string[] {
  return path.replace(/\.ts$/, '').match(/\d+|\D/g) ?? [];
}
