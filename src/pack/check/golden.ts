/**
 * Golden cases: `tests/NAME/answers.json` (or `spec.json`, an `hpserver.json`) and, in `out/`, what
 * the pack makes of that project. `out/` contains the pack's own files in full; for others' files
 * that the pack changes, `FILE.patch` contains only the changes, so a new version of those files
 * doesn't fail the test.
 */

import type { structuredPatch } from 'diff';
import { ExitCode, UserError } from '../../error.ts';
import type { DraftExtras } from '../../spec/draft.ts';
import { migrate } from '../../spec/parse/migrate.ts';
import type { Answers } from '../../spec/question.ts';
import type { Spec } from '../../spec/spec.ts';
import { type PackFolder, textOf } from '../source/pack-folder.ts';
import type { Bench } from './bench.ts';
import { type ShapedFile, shapedFiles } from './shaped.ts';

export interface GoldenCase {
  readonly name: string;
  readonly spec: Spec;
  /** The contents of `out/`, by path. */
  readonly expected: ReadonlyMap<string, string>;
}

export interface Difference {
  readonly path: string;
  readonly kind: 'missing' | 'unexpected' | 'changed';
  /** Lines with `-` for expected and `+` for produced ones. */
  readonly diff: string;
}

/** Sorted by name. Errors: `UserError` (usage) if a case's answers are invalid. */
export function goldenCases(bench: Bench): readonly GoldenCase[] {
  const { folder } = bench.open;
  const paths = [...folder.files.keys()].filter((path) => path.startsWith('tests/'));
  const names = new Set(
    paths.filter((path) => /^tests\/[^/]+\/(?:answers|spec)\.json$/.test(path)).map(caseName),
  );
  return [...names].map((name) => {
    const out = `tests/${name}/out/`;
    const expected = paths
      .filter((path) => path.startsWith(out))
      .map((path) => [path.slice(out.length), textOf(folder, path) ?? ''] as const);
    return { name, spec: specOf(bench, name), expected: new Map(expected) };
  });
}

function caseName(path: string): string {
  return path.split('/')[1] ?? '';
}

function specOf({ open, parse }: Bench, name: string): Spec {
  const { answers, extras } = wishOf(open.folder, name);
  const parsed = parse(answers, extras);
  if (parsed.ok) return parsed.spec;
  const issues = parsed.issues.map((issue) => ({ ...issue, at: `tests/${name}: ${issue.at}` }));
  throw new UserError(ExitCode.usage, issues);
}

function wishOf(
  folder: PackFolder,
  name: string,
): { readonly answers: Answers; readonly extras?: DraftExtras } {
  const spec = textOf(folder, `tests/${name}/spec.json`);
  try {
    if (spec === null) {
      return { answers: JSON.parse(textOf(folder, `tests/${name}/answers.json`) ?? '') as Answers };
    }
    const { answers, ...extras } = migrate(JSON.parse(spec));
    return { answers, extras };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const message = `the answers of tests/${name} are not valid JSON: ${cause.message}`;
    throw new UserError(ExitCode.usage, [{ at: `tests/${name}`, message, fix: 'Fix the JSON.' }]);
  }
}

/** What `out/` would contain. */
export async function producedFor(
  bench: Bench,
  { spec }: GoldenCase,
): Promise<ReadonlyMap<string, string>> {
  const diff = await import('diff');
  const shaped = await shapedFiles(bench, spec);
  return new Map(shaped.map((file) => entryOf(file, diff.structuredPatch)));
}

function entryOf(
  { file, before }: ShapedFile,
  patch: typeof structuredPatch,
): readonly [string, string] {
  if (before === null) return [file.path, file.text];
  const { hunks } = patch('', '', before, file.text, '', '', { context: 0 });
  const lines = hunks.flatMap((hunk) => ['@@', ...hunk.lines]);
  return [`${file.path}.patch`, `${lines.join('\n')}\n`];
}

/** Sorted by path; empty if everything is as expected. */
export async function differences(
  expected: ReadonlyMap<string, string>,
  produced: ReadonlyMap<string, string>,
): Promise<readonly Difference[]> {
  const { structuredPatch: patch } = await import('diff');
  const paths = [...new Set([...expected.keys(), ...produced.keys()])].sort();
  return paths.flatMap((path) => {
    const [wanted, came] = [expected.get(path), produced.get(path)];
    if (wanted === came) return [];
    const { hunks } = patch('', '', wanted ?? '', came ?? '', '', '', { context: 2 });
    const lines = hunks.flatMap((hunk) => [`@@ line ${hunk.oldStart}`, ...hunk.lines]);
    const kind = wanted === undefined ? 'unexpected' : came === undefined ? 'missing' : 'changed';
    return [{ path, kind, diff: lines.join('\n') }];
  });
}
