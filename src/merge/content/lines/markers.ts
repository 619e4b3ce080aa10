/** How line conflicts are shown and described. */

import { listed } from '../../../spec/words/listed.ts';
import { type Segment, textOf } from './lines.ts';

type Conflict = Extract<Segment, { kind: 'conflict' }>;

/**
 * The merged text or, if there are conflicts, the reason, and the text with markers around them.
 */
export type Woven =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflict'; readonly reason: string; readonly marked: string };

/** `lineOf` maps a line of the disk's side to a line of the file; both numbers start at 0. */
export function weave(
  segments: readonly Segment[],
  lineOf: (line: number) => number = (line) => line,
): Woven {
  const conflicts = segments.filter((segment) => segment.kind === 'conflict');
  const text = textOf(segments.flatMap(linesOfSegment));
  if (conflicts.length === 0) return { kind: 'merged', text };
  return { kind: 'conflict', reason: reasonOf(conflicts, lineOf), marked: text };
}

function linesOfSegment(segment: Segment): readonly string[] {
  if (segment.kind === 'agreed') return segment.lines;
  const { disk, base, next } = segment.sides;
  return [
    '<<<<<<< yours',
    ...disk,
    '||||||| before',
    ...base,
    '=======',
    ...next,
    '>>>>>>> generated',
  ];
}

/** The number of places a reason lists. */
const kMaxPlaces = 3;

function reasonOf(conflicts: readonly Conflict[], lineOf: (line: number) => number): string {
  const places = conflicts.slice(0, kMaxPlaces).map(({ line, sides }) => {
    const first = lineOf(line) + 1;
    const { length } = sides.disk;
    if (length === 0) return `the text before line ${first}`;
    return length === 1 ? `line ${first}` : `lines ${first} to ${first + length - 1}`;
  });
  const rest = conflicts.length - places.length;
  const more = rest === 0 ? [] : [`${rest} more ${rest === 1 ? 'place' : 'places'}`];
  return `both sides changed ${listed([...places, ...more])}`;
}

/**
 * True for a text that contains git's conflict markers, or some of ours: its merge is unfinished.
 */
export function holdsMarkers(text: string): boolean {
  return (
    /^(?:<{7} yours|\|{7} before|>{7} generated)\r?$/m.test(text) ||
    /^<{7} [\s\S]*^={7}\r?$[\s\S]*^>{7} /m.test(text)
  );
}
