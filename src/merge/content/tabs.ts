/** A user who indents by tabs what was generated with spaces has not changed every line. */

import type { Three } from './three.ts';

/** The texts with spaces only, and how to put the tabs of the disk into the result. */
export interface Untabbed {
  readonly texts: Three<string>;
  readonly retab: (text: string) => string;
}

/** Does nothing unless the disk is indented by tabs alone, and the other two by spaces alone. */
export function untab(texts: Three<string>): Untabbed {
  const unit = ' '.repeat(unitOf(texts.base));
  const isByTabs = /^\t/m.test(texts.disk) && !hasSpaces(texts.disk, unit.length);
  const isBySpaces = !/^ *\t/m.test(texts.base) && !/^ *\t/m.test(texts.next);
  if (unit === '' || !isByTabs || !isBySpaces) return { texts, retab: (text) => text };
  const disk = texts.disk.replace(/^\t+/gm, (tabs) => unit.repeat(tabs.length));
  const units = new RegExp(`^(?:${unit})+`, 'gm');
  return {
    texts: { ...texts, disk },
    retab: (text) => text.replace(units, (run) => '\t'.repeat(run.length / unit.length)),
  };
}

/** Spaces per level: the least indentation of a line, where one space aligns a comment; or 0. */
function unitOf(text: string): number {
  const widths = [...text.matchAll(/^ {2,}(?=\S)/gm)].map(([spaces]) => spaces.length);
  return widths.length === 0 ? 0 : Math.min(...widths);
}

/** Whether an indentation has so many spaces that they would turn into a tab. */
function hasSpaces(text: string, width: number): boolean {
  return new RegExp(`^\\t* {${Math.max(width, 1)}}`, 'm').test(text);
}
