/**
 * If a user indents generated code with tabs instead of spaces, not every line counts as changed.
 */

import type { Three } from './three.ts';

/** The texts with spaces only, and how to put the disk's tabs back into the result. */
export interface Untabbed {
  readonly texts: Three<string>;
  readonly retab: (text: string) => string;
}

/** Does nothing unless the disk is indented only by tabs, and the other two only by spaces. */
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

/**
 * Spaces per level: the smallest indentation of at least two (one space only aligns a comment); 0
 * if there is none.
 */
function unitOf(text: string): number {
  const widths = [...text.matchAll(/^ {2,}(?=\S)/gm)].map(([spaces]) => spaces.length);
  return widths.length === 0 ? 0 : Math.min(...widths);
}

/** True if some indentation contains enough spaces to be turned into a tab. */
function hasSpaces(text: string, width: number): boolean {
  return new RegExp(`^\\t* {${Math.max(width, 1)}}`, 'm').test(text);
}
