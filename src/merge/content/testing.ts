/** Random texts, and the edits that people and generators make to them. */

import fc from 'fast-check';

export type Lines = readonly string[];

/** Repeated lines are what makes alignment hard; the others stand once. */
export const kTexts: fc.Arbitrary<Lines> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('', '}', '  }', '  break;', 'ünïcödé', '__proto__') },
      { weight: 4, arbitrary: fc.constant(null) },
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.map((line, index) => line ?? `  line ${index};`));

export interface Edit {
  readonly kind: 'insert' | 'change' | 'delete' | 'move' | 'repeat';
  /** Where, as a share of the text's length. */
  readonly at: number;
  readonly to: number;
}

const kShare = fc.double({ min: 0, max: 1, noNaN: true });

export const kEdits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('insert', 'change', 'delete', 'move', 'repeat'),
    at: kShare,
    to: kShare,
  }),
  { maxLength: 5 },
);

/** `who` marks the lines that are new, so that they can be found again. */
export function edited(lines: Lines, edits: readonly Edit[], who: string): Lines {
  const result = [...lines];
  for (const [index, { kind, at, to }] of edits.entries()) {
    const [place, target] = [at, to].map((share) => Math.floor(share * result.length));
    const news = `  ${who} ${index}`;
    if (kind === 'insert') result.splice(place ?? 0, 0, news);
    if (kind === 'change' && result.length > 0) result[place ?? 0] = news;
    if (kind === 'delete') result.splice(place ?? 0, 1);
    if (kind === 'move') result.splice(target ?? 0, 0, ...result.splice(place ?? 0, 1));
    if (kind === 'repeat')
      result.splice(target ?? 0, 0, ...result.slice(place ?? 0, 1 + (place ?? 0)));
  }
  return result;
}

/** How an editor writes lines into a file. */
export interface Form {
  readonly ends: 'lf' | 'crlf' | 'mixed';
  readonly isOpen: boolean;
  readonly hasMark: boolean;
  readonly isByTabs: boolean;
}

export const kForms: fc.Arbitrary<Form> = fc.record({
  ends: fc.constantFrom('lf', 'crlf', 'mixed'),
  isOpen: fc.boolean(),
  hasMark: fc.boolean(),
  isByTabs: fc.boolean(),
});

export const kPlainForm: Form = { ends: 'lf', isOpen: false, hasMark: false, isByTabs: false };

export function written(lines: Lines, form: Form): string {
  const indented = form.isByTabs ? lines.map((line) => line.replace(/^ {2}/, '\t')) : lines;
  const ended = indented.map((line, index) => {
    const isCrlf = form.ends === 'crlf' || (form.ends === 'mixed' && index % 3 === 0);
    return line + (isCrlf ? '\r\n' : '\n');
  });
  const text = form.isOpen ? ended.join('').replace(/\r?\n$/, '') : ended.join('');
  return (form.hasMark ? '\uFEFF' : '') + text;
}
