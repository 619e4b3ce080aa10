import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MergedContent, mergeContent, type ThreeTexts } from './merge-content.ts';
import { edited, kEdits, kForms, kPlainForm, kTexts, type Lines, written } from './testing.ts';

const kRuns = { numRuns: 2000 };

function merge(texts: Partial<ThreeTexts>): Promise<MergedContent> {
  return mergeContent({ path: 'a.txt', base: '', disk: '', next: '', registrations: [], ...texts });
}

function plainLines(text: string): Lines {
  return text
    .replace('\uFEFF', '')
    .split(/\r?\n/)
    .map((line) => line.trim());
}

describe('whatever the texts', () => {
  const kTextOfAnyPath = fc.tuple(
    fc.constantFrom('a.txt', 'a.json', 'a.ts'),
    fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '{', '<<<<<<< ', '"', '\uFEFF') }),
    fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '}', '>>>>>>> ', ':', '\t') }),
  );

  test('what the user left alone becomes what is generated', () =>
    fc.assert(
      fc.asyncProperty(kTextOfAnyPath, async ([path, base, next]) => {
        const text = base === next ? base : next;
        expect(await merge({ path, base, disk: base, next })).toEqual({ kind: 'merged', text });
      }),
      kRuns,
    ));

  test('what is generated as before stays the user’s', () =>
    fc.assert(
      fc.asyncProperty(kTextOfAnyPath, async ([path, base, disk]) => {
        expect(await merge({ path, base, disk, next: base })).toEqual({
          kind: 'merged',
          text: disk,
        });
      }),
      kRuns,
    ));

  test('what both sides made the same is that', () =>
    fc.assert(
      fc.asyncProperty(kTextOfAnyPath, async ([path, base, disk]) => {
        expect(await merge({ path, base, disk, next: disk })).toEqual({
          kind: 'merged',
          text: disk,
        });
      }),
      kRuns,
    ));
});

test('every line that a side added is in the result, or it is a conflict', () =>
  fc.assert(
    fc.asyncProperty(kTexts, kEdits, kEdits, kForms, async (lines, ours, theirs, form) => {
      const disk = edited(lines, ours, 'user');
      const next = edited(lines, theirs, 'generated');
      const merged = await merge({
        base: written(lines, kPlainForm),
        disk: written(disk, form),
        next: written(next, kPlainForm),
      });
      const text = merged.kind === 'merged' ? merged.text : merged.marked;
      // Without a marked text, nothing is written.
      if (text === null) return;
      const found = new Set(plainLines(text));
      const added = [...disk, ...next].filter((line) => /user|generated/.test(line));
      expect(added.filter((line) => !found.has(line.trim()))).toEqual([]);
    }),
    kRuns,
  ));

test('no line of base that both sides kept is lost', () =>
  fc.assert(
    fc.asyncProperty(kTexts, kEdits, kEdits, async (lines, ours, theirs) => {
      const [disk, next] = [edited(lines, ours, 'user'), edited(lines, theirs, 'generated')];
      const [base, mine, yours] = [lines, disk, next].map((side) => written(side, kPlainForm));
      const merged = await merge({ base: base ?? '', disk: mine ?? '', next: yours ?? '' });
      if (merged.kind === 'conflict') return;
      const found = new Set(merged.text.split('\n'));
      const isOnce = (line: string): boolean =>
        [lines, disk, next].every((side) => side.filter((other) => other === line).length === 1);
      expect(lines.filter((line) => isOnce(line) && !found.has(line))).toEqual([]);
    }),
    kRuns,
  ));

test('the form of the disk is kept: line ends, the final newline, tabs, the byte order mark', () =>
  fc.assert(
    fc.asyncProperty(kTexts, kEdits, kForms, async (lines, theirs, form) => {
      // After an empty line, it isn't visible whether the final newline is missing.
      fc.pre(lines.at(-1) !== '' && lines.length > 0);
      const next = edited(lines, theirs, 'generated');
      const merged = await merge({
        base: written(lines, kPlainForm),
        disk: written(lines, form),
        next: written(next, kPlainForm),
      });
      expect(merged.kind).toBe('merged');
      if (merged.kind !== 'merged' || form.ends === 'mixed') return;
      // A format that leaves no trace in the text cannot be kept.
      const disk = written(lines, form);
      const isShown = !form.isByTabs || disk.includes('\t');
      if (isShown && /\n/.test(disk) && next.length > 0) {
        expect(merged.text).toBe(written(next, form));
      }
    }),
    kRuns,
  ));

describe('there and back again', () => {
  /**
   * The generators edit even lines, the user odd ones; the line between two edits never changes.
   */
  const kCase = fc.tuple(
    fc.array(fc.constantFrom('keep', 'insert', 'change', 'delete'), {
      minLength: 2,
      maxLength: 20,
    }),
    kForms,
  );

  test('the disk is as it was, byte for byte', () =>
    fc.assert(
      fc.asyncProperty(kCase, async ([kinds, form]) => {
        const base = kinds.flatMap((_, index) => [`  line ${index}`, `  still ${index}`]);
        const byOne = (isTheirs: number, who: string): Lines =>
          kinds.flatMap((kind, index) => {
            const [line, still] = [`  line ${index}`, `  still ${index}`];
            if (index % 2 !== isTheirs || kind === 'keep') return [line, still];
            if (kind === 'delete') return [still];
            return [...(kind === 'insert' ? [line] : []), `  ${who} ${index}`, still];
          });
        const a = written(base, kPlainForm);
        const b = written(byOne(0, 'generated'), kPlainForm);
        const disk = written(byOne(1, 'user'), form);
        const there = await merge({ base: a, disk, next: b });
        if (there.kind === 'conflict') throw new Error(there.reason);
        const back = await merge({ base: b, disk: there.text, next: a });
        if (form.ends !== 'mixed') expect(back).toEqual({ kind: 'merged', text: disk });
        // If a line was deleted and comes back, its line ending is unknown.
        const lines = back.kind === 'merged' ? back.text.replaceAll('\r', '') : back.reason;
        expect(lines).toBe(disk.replaceAll('\r', ''));
      }),
      kRuns,
    ));
});

describe('a file', () => {
  test.each([
    ['here and moved by the generators', 'disk', 'next'],
    ['there and moved here', 'next', 'disk'],
  ] as const)(
    'of which a diff takes a line that was removed %s for moved is a conflict',
    async (...row) => {
      const [, removes, keeps] = row;
      const base = '  first;\n}\n\n  own;\n  last;\n';
      const moved = '  own;\n  more;\n}\n\n  last;\n';
      const sides = { [removes]: '  first;\n}\n\n  last;\n', [keeps]: moved };
      const merged = await merge({ base, ...sides });
      expect(merged).toMatchObject({ kind: 'conflict', marked: null });
      expect(merged).toHaveProperty('reason', expect.stringMatching(/^you (removed|moved) "own;"/));
    },
  );

  test('that holds conflict markers is not merged again', async () => {
    const disk = 'a\n<<<<<<< yours\nb\n=======\nc\n>>>>>>> generated\n';
    expect(await merge({ base: 'a\n', disk, next: 'a\nz\n' })).toEqual({
      kind: 'conflict',
      reason: 'it contains conflict markers',
      marked: null,
    });
  });

  test('that was generated with markers is merged', async () => {
    const base = '<<<<<<< yours\n=======\n>>>>>>> generated\nx\ny\nz\n';
    const merged = await merge({
      base,
      disk: base.replace('x', 'X'),
      next: base.replace('z', 'Z'),
    });
    expect(merged.kind).toBe('merged');
  });

  test('whose lines merge to what does not parse is a conflict', async () => {
    const base = 'f({\n  a,\n  b,\n});\n';
    const merged = await merge({
      path: 'a.ts',
      base,
      disk: 'f({\n  a,\n  b,\n}, [\n  c,\n]);\n',
      next: 'f(\n  a,\n  b,\n});\n'.replace('f(', 'if (x) f('),
    });
    expect(merged).toMatchObject({ kind: 'conflict', marked: null });
    expect(merged).toHaveProperty(
      'reason',
      expect.stringMatching(/^the merged file cannot be parsed: line \d+: /),
    );
  });

  test('to which both sides add one key in different places is a conflict', async () => {
    const base = '{\n  // one\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n';
    const disk = base.replace('  "a"', '  "new": 1,\n  "a"');
    const next = base.replace('  "c"', '  "new": 2,\n  "c"');
    const merged = await merge({ path: 'tsconfig.json', base, disk, next });
    const reason = 'the merged file cannot be parsed: line 6: "new" appears twice';
    expect(merged).toEqual({ kind: 'conflict', reason, marked: null });
  });

  test('that does not parse on the disk is merged by lines all the same', async () => {
    const base = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
    const disk = 'const a = ;\nconst b = 2;\nconst c = 3;\n';
    const next = 'const a = 1;\nconst b = 2;\nconst c = 4;\n';
    const text = 'const a = ;\nconst b = 2;\nconst c = 4;\n';
    expect(await merge({ path: 'a.ts', base, disk, next })).toEqual({ kind: 'merged', text });
  });

  test('shows its conflict with the line ends that it has', async () => {
    const merged = await merge({ base: 'a\nb\n', disk: 'a\r\nu\r\n', next: 'a\ng\n' });
    expect(merged).toEqual({
      kind: 'conflict',
      reason: 'both sides changed line 2',
      marked: [
        ...['a', '<<<<<<< yours', 'u', '||||||| before', 'b', '=======', 'g', '>>>>>>> generated'],
        '',
      ].join('\r\n'),
    });
  });
});
