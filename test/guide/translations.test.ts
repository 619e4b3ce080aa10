/** Each `X.zh-CN.md` in the repository says what its English page says. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allSources, kRoot } from '../tidy/sources.ts';
import { faultsOf, isTranslation, originalOf } from './translation.ts';

const translations = allSources().filter(({ path }) => isTranslation(path));

test('there are translations', () => {
  expect(translations.map(({ path }) => path)).toContain('docs/guide/reading-tour.zh-CN.md');
});

test.each(translations)('$path is its English page in other words', ({ path, text }) => {
  const original = join(kRoot, originalOf(path));
  const faults = faultsOf({
    name: basename(original),
    english: readFileSync(original, 'utf8'),
    translated: text,
    exists: (link) => existsSync(join(dirname(original), link)),
  });
  expect(faults).toEqual([]);
});

/** A made-up page and its translation; only `other.zh-CN.md` exists. */
function faultsBetween(english: string, translated: string): readonly string[] {
  const exists = (path: string) => path === 'other.zh-CN.md';
  return faultsOf({ name: 'page.md', english, translated, exists });
}

describe('a translation may', () => {
  test.each([
    ['have other words', '# One\n\nwords', '# 一\n\n文字'],
    ['have other comments', '```sh\nls   # look\n# all\n```', '```sh\nls   # 看\n# 全部\n```'],
    ['have no heading for a comment', '```sh\n# one\n```', '```sh\n# 一\n```'],
    ['put other signs between code', '| `a`, `b` |\n|---|', '| `a`、`b` |\n|---|'],
    ['turn words round code', '| `a` or b |\n|---|', '| b 或 `a` |\n|---|'],
    ['turn links round', '[a](a.md) and [b](b.md)', '[b](b.md)、[a](a.md)'],
    ['lead to a translated page', '[o](other.md#part)', '[o](other.zh-CN.md#部分)'],
    ['lead to a page that has none', '[o](another.md)', '[o](another.md)'],
    ['lead to a heading of its own', '[here](#part)', '[这里](#部分)'],
    ['lead to its English page', '[中文](page.zh-CN.md)', '[English](page.md)'],
  ])('%s', (_, english, translated) => {
    expect(faultsBetween(english, translated)).toEqual([]);
  });
});

describe('a translation may not', () => {
  test.each([
    ['lose a heading', '# a\n## b', '# a', 'headings: 2 in English, 1 in the translation'],
    ['change its level', '# a\n## b', '# a\n### b', 'heading 2: ## became ###'],
    ['lose code', '```sh\nls\n```', '', 'code blocks: 1 in English, 0 in the translation'],
    [
      'change code',
      '```sh\nls --all # look\n```',
      '```sh\nls # 看\n```',
      'code block 1: sh\nls --all #\n became sh\nls #\n',
    ],
    [
      'change what only looks like a comment',
      '```cpp\n#include <a>\n```',
      '```cpp\n#include <b>\n```',
      'code block 1: cpp\n#include <a>\n became cpp\n#include <b>\n',
    ],
    [
      'change the language of code',
      '```sh\n```',
      '```text\n```',
      'code block 1: sh\n became text\n',
    ],
    ['lose a table', '| a |\n|---|\n| b |', 'a, b', 'tables: 1 in English, 0 in the translation'],
    [
      'lose a row',
      '| a |\n|---|\n| b |\n| c |',
      '| 一 |\n|---|\n| 二 |',
      'table 1: 3 rows of 1, 1, 1 became 2 rows of 1, 1',
    ],
    [
      'lose a column',
      '| a | b \\| c |\n|---|---|',
      '| 一 |\n|---|',
      'table 1: 1 rows of 2 became 1 rows of 1',
    ],
    [
      'change code in a table',
      '| a | `--all` |\n|---|---|',
      '| 一 | `--al` |\n|---|---|',
      'table 1, row 1, column 2: `--all` became `--al`',
    ],
    ['lose a link', '[a](a.md)', 'a', 'link: a.md is missing in the translation'],
    [
      'lose one of two',
      '[a](a.md) ![b](b.svg)',
      '[a](a.md)',
      'link: b.svg is missing in the translation',
    ],
    [
      'add a link',
      'a <https://a.b>',
      '<https://a.b> [c](c.md)',
      'link: c.md is in the translation only',
    ],
    [
      'lead to a translation that is not there',
      '[a](a.md)',
      '[a](a.zh-CN.md)',
      'link: a.zh-CN.md is in the translation only',
    ],
    [
      'lose the part of a page',
      '[o](other.md#part)',
      '[o](other.zh-CN.md)',
      'link: other.md#part is missing in the translation',
    ],
  ])('%s', (_, english, translated, fault) => {
    expect(faultsBetween(english, translated)).toContain(fault);
  });
});
