/** Merges a list of whole lines between two landmarks; each line is an entry. */

import type { Registration } from '../../../plan/generator.ts';
import { isSame } from '../lines/anchors.ts';
import { directiveOf } from '../lines/directives.ts';
import { linesOf, textOf } from '../lines/lines.ts';
import { isContradictory, mergeSets } from '../ordered-set.ts';
import { mapThree, type Three } from '../three.ts';

type Lines = readonly string[];
type ListOfLines = Extract<Registration, { kind: 'lines' }>;

/**
 * Why a list must not be merged as ordinary lines, either: an entry could end up in the wrong list.
 */
export interface Ambiguity {
  readonly ambiguity: string;
}

/**
 * The three texts, each with the merged list; null if a side lacks the list, or the sides
 * contradict each other.
 */
export function mergeListLines(
  texts: Three<string>,
  list: ListOfLines,
): Three<string> | Ambiguity | null {
  const lines = mapThree(texts, linesOf);
  const [base, next] = [lines.base, lines.next].map((side) => generatedRegion(side, list));
  if (!base || !next) return null;
  const disk = usersRegion(lines, base.start, list);
  if (disk === 'ambiguous') {
    if (isSame(base.within, next.within)) return null;
    const landmark = lines.base[base.start - 1]?.trim();
    return { ambiguity: `the list after "${landmark}" occurs more than once` };
  }
  if (disk === null) return null;
  const region = mergeEntries({ base: base.within, disk: disk.within, next: next.within });
  if (region === null || 'ambiguity' in region) return region;
  return mapThree({ base, disk, next }, ({ above, below }) =>
    textOf([...above, ...region, ...below]),
  );
}

/** `index` of the line, from 0. */
export function registeredBy(index: number, line: string): string {
  return `line ${index + 1} already registers it: ${line.trim()}`;
}

interface FoundRegion {
  /** The index of the line after the landmark. */
  readonly start: number;
  readonly above: Lines;
  readonly within: Lines;
  readonly below: Lines;
}

/**
 * The user's own line that registers what the generators want to add, in this list or elsewhere in
 * the file.
 */
export function claimInLines(texts: Three<string>, list: ListOfLines): Ambiguity | null {
  const lines = mapThree(texts, linesOf);
  const [base, next] = [lines.base, lines.next].map((side) => generatedRegion(side, list)?.within);
  if (list.names === undefined || !base || !next) return null;
  const pattern = new RegExp(list.names);
  const nameOf = (line: string): string | undefined =>
    pattern.exec(line.trim())?.slice(1).join(' ');
  const [before, news] = [base, next].map(
    (side) => new Map(side.map((line) => [nameOf(line), line])),
  );
  for (const [index, line] of lines.disk.entries()) {
    const name = nameOf(line);
    if (name === undefined || before?.has(name)) continue;
    const wanted = news?.get(name);
    if (wanted === undefined || wanted.trim() === line.trim()) continue;
    return { ambiguity: registeredBy(index, line) };
  }
  return null;
}

/** In a text without edits, the first line that matches is the landmark. */
function generatedRegion(lines: Lines, list: ListOfLines): FoundRegion | null {
  const isFirst = matcherOf(list.after, list);
  const landmark = lines.findIndex((line) => isFirst(line.trim()));
  return landmark === -1 ? null : regionFrom(lines, landmark + 1, list);
}

function regionFrom(lines: Lines, start: number, list: ListOfLines): FoundRegion | null {
  const isLast = matcherOf(list.before, list);
  const end = lines.findIndex((line, index) => index >= start && isLast(line.trim()));
  if (end === -1) return null;
  const above = lines.slice(0, start);
  return { start, above, within: lines.slice(start, end), below: lines.slice(end) };
}

function matcherOf(pattern: string, { matches }: ListOfLines): (line: string) => boolean {
  if (matches !== undefined) return (line) => matches(pattern, line);
  const expression = new RegExp(pattern);
  return (line) => expression.test(line);
}

/**
 * The user's own target or function may look like a generated one. Therefore only the exact
 * generated line is a landmark. If there are several such lines, the landmark is the one that
 * follows the same line as in the generated text.
 */
function usersRegion(
  { base, disk }: Three<Lines>,
  start: number,
  list: ListOfLines,
): FoundRegion | 'ambiguous' | null {
  const landmark = base[start - 1]?.trim();
  const found = disk.flatMap((line, index) => (line.trim() === landmark ? [index] : []));
  const above = lineAbove(base, start - 1);
  const alike = found.filter((index) => lineAbove(disk, index) === above);
  const [at, another] = found.length > 1 ? alike : found;
  if (found.length === 0) return null;
  return at === undefined || another !== undefined ? 'ambiguous' : regionFrom(disk, at + 1, list);
}

function lineAbove(lines: Lines, index: number): string | undefined {
  return lines.slice(0, index).findLast(isEntry)?.trim();
}

function mergeEntries(regions: Three<Lines>): Lines | Ambiguity | null {
  const rows = mapThree(regions, rowOf);
  const keys = mapThree(rows, ({ entries }) => [...entries.keys()]);
  const isRow = mapThree(rows, ({ entries, count }) => entries.size === count);
  if (!isRow.base || !isRow.disk || !isRow.next || isContradictory(keys)) return null;
  if (Object.values(regions).some(isOrdered)) return null;
  const wrapped = wrappedIn(keys);
  if (wrapped !== undefined) {
    return { ambiguity: `"${wrapped}" is no longer generated, and is inside your own block` };
  }
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

/**
 * True if the order of lines matters: a directive such as `#define` affects the lines below it, and
 * an unpaired `#if` or `#endif` affects them all.
 */
function isOrdered(region: Lines): boolean {
  let depth = 0;
  for (const directive of region.map(directiveOf)) {
    if (directive === 'opens') depth += 1;
    if (directive === 'closes') depth -= 1;
    if (depth < 0 || (depth === 0 && directive === 'other')) return true;
  }
  return depth !== 0;
}

/**
 * An entry to be removed that is inside one of the user's blocks, from which it can't be removed.
 */
function wrappedIn({ base, disk, next }: Three<readonly string[]>): string | undefined {
  const blocks = disk.filter((key) => key.includes('\n') && !base.includes(key));
  return base.find(
    (key) =>
      !next.includes(key) &&
      !disk.includes(key) &&
      blocks.some((block) => `\n${block}\n`.includes(`\n${key}\n`)),
  );
}

/** A region's entries, and the blank lines before each. */
interface Row {
  /**
   * An entry spans several lines if those after its first are indented more deeply, or begin with a
   * closing bracket.
   */
  readonly entries: ReadonlyMap<string, Lines>;
  readonly count: number;
  /** Blank lines, by the entries above and below them together, and also by the lower one alone. */
  readonly spaces: ReadonlyMap<string, Lines>;
}

/** The key for what is above the first entry and below the last. */
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
  /** Blank lines before the group. */
  readonly space: Lines;
  readonly lines: Lines;
}

/**
 * `rest`: blank lines at the end. The lines from `#if` to `#endif` are one entry, which is the
 * user's.
 */
function groupsOf(region: Lines): { readonly groups: readonly Group[]; readonly rest: Lines } {
  const entries = region.filter((line) => isEntry(line) && directiveOf(line) === null);
  const level = Math.min(...entries.map((line) => indentOf(line).length));
  const groups: Group[] = [];
  let space: Lines = [];
  let depth = 0;
  for (const line of region) {
    const directive = directiveOf(line);
    const isDeeper = indentOf(line).length > level || /^\s*[)\]}]/.test(line);
    const isMore = isEntry(line) && (depth > 0 || (isDeeper && directive === null));
    const last = isMore ? groups.pop() : undefined;
    if (!isEntry(line)) space = [...space, line];
    else if (last === undefined) groups.push({ space, lines: [line] });
    else groups.push({ space: last.space, lines: [...last.lines, ...space, line] });
    if (isEntry(line)) space = [];
    if (directive === 'opens') depth += 1;
    if (directive === 'closes') depth = Math.max(0, depth - 1);
  }
  return { groups, rest: space };
}

function isEntry(line: string): boolean {
  return line.trim() !== '';
}

function pairOf(above: string, below: string): string {
  return `${above}\0${below}`;
}

/**
 * The blank lines between two entries: as on the disk if it has the two together, otherwise as
 * generated.
 */
function spaceBetween(above: string, below: string, { base, disk, next }: Three<Row>): Lines {
  const pair = pairOf(above, below);
  const [was, is, comes] = [base, disk, next].map(({ spaces }) => spaces.get(pair));
  if (is !== undefined) return comes !== undefined && was?.length === is.length ? comes : is;
  if (comes !== undefined) return comes;
  return disk.spaces.get(below) ?? next.spaces.get(below) ?? [];
}

/** How to indent generated entries: as the user has indented an entry that both texts contain. */
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
