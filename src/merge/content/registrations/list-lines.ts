/** A region of whole lines between two landmarks, each line an entry. */

import type { Registration } from '../../../plan/generator.ts';
import { linesOf, textOf } from '../lines/lines.ts';
import { isContradictory, mergeSets } from '../ordered-set.ts';
import { mapThree, type Three } from '../three.ts';

type Lines = readonly string[];
type ListOfLines = Extract<Registration, { kind: 'lines' }>;

/** The three texts with the same region in all; null where a side lacks it, or they contradict. */
export function mergeListLines(texts: Three<string>, list: ListOfLines): Three<string> | null {
  const { base, disk, next } = mapThree(texts, (text) => findRegion(linesOf(text), list));
  if (base === null || disk === null || next === null) return null;
  const region = mergeEntries({ base: base.within, disk: disk.within, next: next.within });
  if (region === null) return null;
  return mapThree({ base, disk, next }, ({ above, below }) =>
    textOf([...above, ...region, ...below]),
  );
}

interface FoundRegion {
  readonly above: Lines;
  readonly within: Lines;
  readonly below: Lines;
}

function findRegion(lines: Lines, { after, before }: ListOfLines): FoundRegion | null {
  const [first, last] = [new RegExp(after), new RegExp(before)];
  const start = lines.findIndex((line) => first.test(line.trim())) + 1;
  if (start === 0) return null;
  const end = lines.findIndex((line, index) => index >= start && last.test(line.trim()));
  if (end === -1) return null;
  return { above: lines.slice(0, start), within: lines.slice(start, end), below: lines.slice(end) };
}

function mergeEntries(regions: Three<Lines>): Lines | null {
  const rows = mapThree(regions, rowOf);
  const keys = mapThree(rows, ({ entries }) => [...entries.keys()]);
  const isRow = mapThree(rows, ({ entries, count }) => entries.size === count);
  if (!isRow.base || !isRow.disk || !isRow.next || isContradictory(keys)) return null;
  const reindent = indentationLike(rows);
  const merged = mergeSets(keys).map((key) => ({
    key,
    lines: rows.disk.entries.get(key) ?? reindent(rows.next.entries.get(key) ?? []),
  }));
  const spaced = merged.flatMap(({ key, lines }, index) => [
    ...spaceBetween(merged[index - 1]?.key ?? kEdge, key, rows),
    ...lines,
  ]);
  return [...spaced, ...spaceBetween(merged.at(-1)?.key ?? kEdge, kEdge, rows)];
}

/** The entries of a region, and the blank lines in front of each. */
interface Row {
  /** Several lines for one that goes on deeper, or with a closing bracket. */
  readonly entries: ReadonlyMap<string, Lines>;
  readonly count: number;
  /** By the two neighbours, and by the latter alone. */
  readonly spaces: ReadonlyMap<string, Lines>;
}

/** What stands around the region. */
const kEdge = '';

function rowOf(region: Lines): Row {
  const { groups, rest } = groupsOf(region);
  const entries = new Map<string, Lines>();
  const spaces = new Map<string, Lines>();
  let above = kEdge;
  for (const { space, lines } of groups) {
    const key = lines.map((line) => line.trim()).join('\n');
    entries.set(key, lines);
    spaces.set(pairOf(above, key), space).set(key, space);
    above = key;
  }
  spaces.set(pairOf(above, kEdge), rest).set(kEdge, rest);
  return { entries, count: groups.length, spaces };
}

interface Group {
  /** Blank lines in front of it. */
  readonly space: Lines;
  readonly lines: Lines;
}

/** `rest`: blank lines at the end. */
function groupsOf(region: Lines): { readonly groups: readonly Group[]; readonly rest: Lines } {
  const level = Math.min(...region.filter(isEntry).map((line) => indentOf(line).length));
  const groups: Group[] = [];
  let space: Lines = [];
  for (const line of region) {
    const isMore = isEntry(line) && (indentOf(line).length > level || /^\s*[)\]}]/.test(line));
    const last = isMore ? groups.pop() : undefined;
    if (!isEntry(line)) space = [...space, line];
    else if (last === undefined) groups.push({ space, lines: [line] });
    else groups.push({ space: last.space, lines: [...last.lines, ...space, line] });
    if (isEntry(line)) space = [];
  }
  return { groups, rest: space };
}

function isEntry(line: string): boolean {
  return line.trim() !== '';
}

function pairOf(above: string, below: string): string {
  return `${above}\0${below}`;
}

/** Blank lines as they are between the two on the disk, or else in what is generated. */
function spaceBetween(above: string, below: string, { base, disk, next }: Three<Row>): Lines {
  const pair = pairOf(above, below);
  const [was, is, comes] = [base, disk, next].map(({ spaces }) => spaces.get(pair));
  if (is !== undefined) return comes !== undefined && was?.length === is.length ? comes : is;
  if (comes !== undefined) return comes;
  return disk.spaces.get(below) ?? next.spaces.get(below) ?? [];
}

/** How entries of the generators have to be indented, by one that both have. */
function indentationLike({ disk, next }: Three<Row>): (lines: Lines) => Lines {
  for (const [key, [theirs = '']] of next.entries) {
    const [users] = disk.entries.get(key) ?? [];
    if (users === undefined) continue;
    const [to, from] = [indentOf(users), indentOf(theirs)];
    return (lines) =>
      lines.map((line) => (line.startsWith(from) ? to + line.slice(from.length) : line));
  }
  return (lines) => lines;
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}
