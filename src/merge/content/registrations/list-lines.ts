/** A region of whole lines between two landmarks, each line an entry. */

import type { Registration } from '../../../plan/generator.ts';
import { linesOf, textOf } from '../lines/lines.ts';
import { isContradictory, isSet, mergeSets } from '../ordered-set.ts';
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
  const keys = mapThree(regions, (lines) => lines.map((line) => line.trim()).filter(Boolean));
  if (!isSet(keys.base) || !isSet(keys.disk) || !isSet(keys.next)) return null;
  if (isContradictory(keys)) return null;
  const ofDisk = new Map(regions.disk.map((line) => [line.trim(), line]));
  const ofNext = new Map(regions.next.map((line) => [line.trim(), line]));
  const shared = keys.next.find((key) => ofDisk.has(key));
  const reindent = indentationLike(ofDisk.get(shared ?? ''), ofNext.get(shared ?? ''));
  const merged: string[] = [];
  for (const key of mergeSets(keys)) {
    merged.push(ofDisk.get(key) ?? reindent(ofNext.get(key) ?? key));
  }
  return withBlankLines(merged, regions.disk);
}

/** How a line of the generators has to be indented, by a line that both have. */
function indentationLike(users?: string, theirs?: string): (line: string) => string {
  if (users === undefined || theirs === undefined) return (line) => line;
  const [to, from] = [indentOf(users), indentOf(theirs)];
  return (line) => (indentOf(line) === from ? to + line.trimStart() : line);
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/** The user's blank lines stay behind the entries that they follow. */
function withBlankLines(entries: Lines, disk: Lines): Lines {
  const blanks = new Map<string | null, string[]>();
  let precedent: string | null = null;
  for (const line of disk) {
    if (line.trim() !== '') precedent = line;
    else blanks.set(precedent, [...(blanks.get(precedent) ?? []), line]);
  }
  const head = blanks.get(null) ?? [];
  return [...head, ...entries.flatMap((line) => [line, ...(blanks.get(line) ?? [])])];
}
