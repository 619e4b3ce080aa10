/** What users do to a project between two runs, at random: fast-check arbitraries for edits. */

import fc from 'fast-check';
import type { Disk } from './world.ts';

export type Edit =
  | { readonly kind: 'insert'; readonly at: number; readonly lines: readonly string[] }
  | { readonly kind: 'remove'; readonly at: number; readonly count: number }
  | { readonly kind: 'replace'; readonly at: number; readonly line: string }
  | { readonly kind: 'swap'; readonly at: number }
  | { readonly kind: 'crlf' }
  | { readonly kind: 'tabs' }
  | { readonly kind: 'no-final-newline' };

export type Deed =
  | { readonly kind: 'edit'; readonly file: number; readonly edits: readonly Edit[] }
  | { readonly kind: 'delete'; readonly file: number }
  | { readonly kind: 'rename'; readonly file: number; readonly to: string }
  | { readonly kind: 'add'; readonly path: string; readonly text: string };

/** A line that appears nowhere else, so it can be tracked. */
const ownLine: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.constantFrom('', ' ', 'ü', '{', '"', '$&', '\\'))
  .map(([number, oddity]) => `// own-${number} ${oddity}`);

const place = fc.nat(400);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      at: place,
      lines: fc.array(ownLine, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      at: place,
      count: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('replace' as const), at: place, line: ownLine }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), at: place }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { kind: 'crlf' } as const,
      { kind: 'tabs' } as const,
      { kind: 'no-final-newline' } as const,
    ),
  },
);

const file = fc.nat(10_000);

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      file,
      edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), file }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      file,
      to: fc.stringMatching(/^own\/[a-z]{1,8}$/),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      path: fc.stringMatching(/^own\/[a-z]{1,8}\.txt$/),
      text: ownLine,
    }),
  },
);

/**
 * The disk after the deeds, without those that are impossible. `choose` lists the files to choose
 * from.
 */
export function after(disk: Disk, deeds: readonly Deed[], choose: readonly string[]): Disk {
  const next = new Map(disk);
  for (const done of deeds) {
    if (done.kind === 'add') {
      if (!next.has(done.path)) next.set(done.path, `${done.text}\n`);
      continue;
    }
    const path = choose[done.file % choose.length] ?? '';
    const text = next.get(path);
    if (text === undefined) continue;
    if (done.kind === 'edit') next.set(path, edited(text, done.edits));
    else next.delete(path);
    const ending = /\.[a-z]+$/.exec(path)?.[0] ?? '';
    if (done.kind === 'rename' && !next.has(done.to + ending)) next.set(done.to + ending, text);
  }
  return next;
}

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, one) => changed(before, one), text);
}

function changed(text: string, one: Edit): string {
  switch (one.kind) {
    case 'crlf':
      return text.replaceAll(/\r?\n/g, '\r\n');
    case 'tabs':
      return text.replaceAll('  ', '\t');
    case 'no-final-newline':
      return text.replace(/\r?\n$/, '');
    default:
      return inLines(text, one);
  }
}

function inLines(text: string, one: Extract<Edit, { readonly at: number }>): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(ending);
  const at = one.at % lines.length;
  if (one.kind === 'insert') return lines.toSpliced(at, 0, ...one.lines).join(ending);
  if (one.kind === 'remove') return lines.toSpliced(at, one.count).join(ending);
  if (one.kind === 'replace') return lines.with(at, one.line).join(ending);
  const [line = '', below = ''] = lines.slice(at, at + 2);
  return lines.toSpliced(at, 2, below, line).join(ending);
}
