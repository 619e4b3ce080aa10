/** C preprocessor directives: the lines between two of them are not always compiled. */

import type { Three } from '../three.ts';
import { linesOf } from './lines.ts';

type Lines = readonly string[];

const kOpening = /^\s*#\s*if(?:n?def)?\b/;
const kClosing = /^\s*#\s*endif\b/;
const kOther =
  /^\s*#\s*(?:else|elif|elifdef|elifndef|define|undef|pragma|error|warning|line|embed)\b/;

/** Null for any other line, and for `#include`. */
export function directiveOf(line: string): 'opens' | 'closes' | 'other' | null {
  if (kOpening.test(line)) return 'opens';
  if (kClosing.test(line)) return 'closes';
  return kOther.test(line) ? 'other' : null;
}

export function hasDirectives(path: string): boolean {
  return /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inc)$/.test(path);
}

/**
 * The user's condition inside which the merged text has more lines than before; null if there is
 * none. A line that replaces another doesn't count as new.
 */
export function conditionAroundNews(texts: Three<string>, merged: string): string | null {
  const generated = new Set([...linesOf(texts.base), ...linesOf(texts.next)]);
  const [before, after] = [texts.disk, merged].map((text) => blocksOf(linesOf(text), generated));
  const grown = after?.find(({ lines }, index) => {
    const had = before?.[index]?.lines ?? [];
    return lines.length > had.length;
  });
  return grown?.opener.trim() ?? null;
}

interface Block {
  readonly opener: string;
  readonly lines: Lines;
}

/** The user's conditional blocks, which are those whose opening line was not generated. */
function blocksOf(lines: Lines, generated: ReadonlySet<string>): readonly Block[] {
  return lines.flatMap((opener, start) => {
    const isUsers = directiveOf(opener) === 'opens' && !generated.has(opener);
    if (!isUsers || isIncludeGuard(opener, lines[start + 1])) return [];
    return [{ opener, lines: lines.slice(start + 1, endOf(lines, start)) }];
  });
}

/** The index of the line with a condition's `#endif`, or past the last line if there is none. */
function endOf(lines: Lines, start: number): number {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (index < start) continue;
    const directive = directiveOf(line);
    if (directive === 'opens') depth += 1;
    if (directive === 'closes') depth -= 1;
    if (depth === 0) return index;
  }
  return lines.length;
}

/** An include guard surrounds the whole header, so new lines may be inside it. */
function isIncludeGuard(opener: string, next = ''): boolean {
  const [, name = ''] = /^\s*#\s*ifndef\s+(\w+)\s*$/.exec(opener) ?? [];
  return name !== '' && new RegExp(`^\\s*#\\s*define\\s+${name}\\b`).test(next);
}
