/**
 * Checks that the headers, sources and tests to which the checklist and ARCHITECTURE.md refer
 * exist.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kRoot, type Source } from './sources.ts';

/** Tokens in backticks, in the table's last two columns, that name nothing that exists. */
export function missingFromChecklist(text: string, sources: readonly Source[]): readonly string[] {
  const isKnown = knownBy(sources);
  return rowsOf(text).flatMap(([number, , where, shown]) => [
    ...lostPaths(where).map((path) => `${number}: ${path}`),
    ...tokensOf(shown)
      .filter((token) => !isKnown(token))
      .map((token) => `${number}: ${token}`),
  ]);
}

/** Rows of ARCHITECTURE's limits that neither name a test nor say there is none. */
export function limitsWithoutTest(text: string, sources: readonly Source[]): readonly string[] {
  const isKnown = knownBy(sources);
  const [, limits = ''] = text.split('\n## Limits\n');
  return limits
    .split('\n')
    .filter((line) => /^\| (?!what \|)/.test(line))
    .flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const [, what = ''] = cells;
      const shown = cells.at(-2) ?? '';
      if (shown.startsWith('none')) return [];
      const names = tokensOf(shown);
      return names.length > 0 && names.every(isKnown) ? [] : [`${what}: ${shown}`];
    });
}

function knownBy(sources: readonly Source[]): (token: string) => boolean {
  const tests = declaredTests(sources);
  const words = sources
    .filter(({ path }) => /\.(ts|hbs)$/.test(path) && !path.startsWith('docs/'))
    .map((source) => source.text);
  return (token) => isShown(token, tests, words);
}

type Row = readonly [number: string, item: string, where: string, shown: string];

function rowsOf(text: string): readonly Row[] {
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, number = '', item = '', where = '', shown = ''] = cells;
    return /^[\d–]+$/.test(number) ? [[number, item, where, shown] as const] : [];
  });
}

function tokensOf(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, token = '']) => token);
}

/** Paths that don't exist. A bare name belongs to the folder of the path before it. */
function lostPaths(cell: string): readonly string[] {
  let folder = '';
  return tokensOf(cell).filter((token) => {
    if (!/[/.]/.test(token)) return false;
    const path = token.includes('/') ? placeOf(token) : join(folder, token);
    folder = join(path, '..');
    return !existsSync(join(kRoot, path));
  });
}

function placeOf(path: string): string {
  if (/^(native-core|generators|test|bench)\//.test(path)) return path;
  if (path.startsWith('examples/')) return join('native-core', path);
  return join('native-core/hpserver', path);
}

interface DeclaredTest {
  readonly suite: string;
  readonly name: string;
}

function declaredTests(sources: readonly Source[]): readonly DeclaredTest[] {
  return sources.flatMap(({ text }) =>
    [...text.matchAll(/^(?:TYPED_)?TEST(?:_[FP])?\((\w+),\s*(\w+)\)/gm)].map(
      ([, suite = '', name = '']) => ({ suite, name }),
    ),
  );
}

/**
 * A token names a test of the core, a path, or a check; in the words of a check, `…` stands for
 * what varies.
 */
function isShown(token: string, tests: readonly DeclaredTest[], words: readonly string[]): boolean {
  if (/^(npm run |\*|…)/.test(token)) return true;
  if (/^[\w-]+\/\S*$/.test(token) && !/\.[A-Z*]/.test(token)) {
    return existsSync(join(kRoot, placeOf(token)));
  }
  const [, parts, name] = /^([A-Z][\w/*]*?)(?:\.([\w*]+)(?:\/[\w*]+)?)?$/.exec(token) ?? [];
  if (parts !== undefined) {
    const suites = parts.split('/').map(pattern);
    return tests.some(
      (test) =>
        suites.some((suite) => suite.test(test.suite)) && pattern(name ?? '*').test(test.name),
    );
  }
  const [, check = token] = /^[a-z ]+: (.*)$/.exec(token) ?? [];
  return words.some((text) => check.split('…').every((part) => text.includes(part.trim())));
}

function pattern(text: string): RegExp {
  return new RegExp(`^${text.replaceAll('*', '\\w*')}$`);
}
