/** The house rules a machine can check, over every source. */

import { describe, expect, test } from 'vitest';
import { limitsWithoutTest, missingFromChecklist } from './tidy/checklist.ts';
import {
  cppDeclaredNames,
  cppFunctionSpans,
  declaredNames,
  functionSpans,
  parseTypeScript,
} from './tidy/functions.ts';
import {
  circle,
  featureImporters,
  generatorImporters,
  importGraph,
  upwardImports,
} from './tidy/imports.ts';
import { upwardIncludes } from './tidy/includes.ts';
import { missingIncludes } from './tidy/missing-includes.ts';
import { kPhrases, translatedPhrases } from './tidy/phrases.ts';
import {
  allSources,
  isGenerated,
  isHeader,
  isTest,
  isTypeScript,
  isUnit,
  kRoot,
  lineCount,
  type Source,
} from './tidy/sources.ts';
import { emptyWordIn, foreignPathIn } from './tidy/words.ts';

const sources = allSources();
const code = sources.filter(
  (source) => !isGenerated(source) && (isTypeScript(source) || isHeader(source) || isUnit(source)),
);
const cpp = code.filter((source) => !isTypeScript(source));
const typescript = parseTypeScript(code);

describe('a file has at most', () => {
  const limits: readonly (readonly [string, number, (source: Source) => boolean])[] = [
    ['TypeScript', 300, (source) => isTypeScript(source) && !isTest(source)],
    ['TypeScript test', 500, (source) => isTypeScript(source) && isTest(source)],
    ['C++ header', 200, isHeader],
    ['C++ unit', 500, isUnit],
  ];
  test.each(limits)('%s: %d lines', (_, limit, isMeant) => {
    const long = code.filter((source) => isMeant(source) && lineCount(source) > limit);
    expect(long.map((source) => `${source.path}: ${lineCount(source)}`)).toEqual([]);
  });
});

test('a line has at most 100 columns, unless a link or a literal needs more', () => {
  const wide = code.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      // The formatters wrap everything except comments and literals.
      const isUnbreakable = /:\/\/|^[^/*]*['"`]|^\s*\/[^/*]/.test(line);
      return [...line].length > 100 && !isUnbreakable ? [`${path}:${index + 1}`] : [];
    }),
  );
  expect(wide).toEqual([]);
});

describe('a function', () => {
  const languages = [
    ['TypeScript', typescript.flatMap(functionSpans)],
    ['C++', cpp.flatMap(cppFunctionSpans)],
  ] as const;

  test.each(languages)('of %s has at most 70 lines, and nine of ten have 25', (_, spans) => {
    const long = spans.filter(({ lines }) => lines > 70);
    expect(long.map(({ at, lines }) => `${at}: ${lines} lines`)).toEqual([]);
    const sizes = spans.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(25);
  });
});

test('names say something', () => {
  const files = code.map(({ path }) => ({ at: path, name: path.split('/').at(-1) ?? '' }));
  const names = [...typescript.flatMap(declaredNames), ...cpp.flatMap(cppDeclaredNames)];
  const empty = [...files, ...names].flatMap(({ at, name }) => {
    const word = emptyWordIn(name);
    return word === null || kForeignNames.test(name) ? [] : [`${at}: "${word}" in ${name}`];
  });
  expect(empty).toEqual([]);
});

/** Names given by others: the standard library's containers, loggers' levels, libuv. */
const kForeignNames = /^(data|info|uv_\w+)$/;

describe('the engine', () => {
  const graph = importGraph(typescript);
  const engine = new Map(
    [...graph].filter(([path]) => /^(src|generators)\//.test(path) && !/\.test\.ts$/.test(path)),
  );

  test('imports downward only', () => {
    expect(upwardImports(engine)).toEqual([]);
  });

  test('knows the generators in project.ts alone', () => {
    expect(generatorImporters(engine)).toEqual(['src/project.ts']);
  });

  test('knows a feature by its contributions, and not by its files', () => {
    expect(featureImporters(engine)).toEqual([]);
    const planted = new Map([
      ...engine,
      ['generators/cpp/a.ts', ['generators/applications/http/settings.ts']],
    ]);
    expect(featureImporters(planted)).toEqual([
      'generators/cpp/a.ts imports generators/applications/http/settings.ts',
    ]);
  });

  test('has no circle of imports', () => {
    expect(circle(engine)).toBeNull();
  });
});

test('the native core includes downward only', () => {
  expect(upwardIncludes(cpp.filter((source) => !isTest(source)))).toEqual([]);
});

describe('what compiles together', () => {
  const native = sources.filter(({ path }) => {
    return /^native-core\/(hpserver|generated|binding)\/.*\.(h|cc)$/.test(path);
  });
  const shipped = native.filter((source) => !isTest(source));

  test('includes by itself what it names', () => {
    expect(shipped.length).toBeGreaterThan(300);
    expect(missingIncludes(shipped)).toEqual([]);
  });

  test.each([
    ['native-core/hpserver/socket/vector_io.cc', '<algorithm>', 'std::min: <algorithm>'],
    [
      'native-core/hpserver/event/reactor.cc',
      '"hpserver/event/reactor.h"',
      'Waker: native-core/hpserver/event/waker.h',
    ],
  ])('%s without %s is found', (path, include, fault) => {
    const without = shipped.map((source) => {
      const text = source.text.replace(`#include ${include}\n`, '');
      return source.path === path ? { path, text } : source;
    });
    expect(missingIncludes(without)).toContain(`${path}: ${fault}`);
  });
});

test('the whole flow fits on a screen and a half', () => {
  const flow = code.find(({ path }) => path === 'src/project.ts');
  expect(flow && lineCount(flow)).toBeLessThanOrEqual(120);
});

test('no path of somebody’s machine stands in any file', () => {
  const found = sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const foreign = foreignPathIn(line, kRoot);
      return foreign === null ? [] : [`${path}:${index + 1}: ${foreign}`];
    }),
  );
  expect(found).toEqual([]);
});

test('what the checklist names is there', () => {
  const checklist = sources.find(({ path }) => path === 'docs/checklist.md');
  expect(missingFromChecklist(checklist?.text ?? '', sources)).toEqual([]);
});

test('each limit of ARCHITECTURE.md names a test, or says that there is none', () => {
  const architecture = sources.find(({ path }) => path === 'ARCHITECTURE.md');
  expect(limitsWithoutTest(architecture?.text ?? '', sources)).toEqual([]);
});

describe('a text', () => {
  test('is written as a native writer would', () => {
    expect(translatedPhrases(sources)).toEqual([]);
  });

  test.each(kPhrases)('with "$instead" is found, and told "$write"', ({ instead, write }) => {
    const found = translatedPhrases([{ path: 'docs/guide/a.md', text: `# A\n\n${instead}\n` }]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^docs\/guide\/a\.md:3: /);
    expect(found[0]).toContain(write);
  });

  test.each([
    ['broken over two lines', 'CHANGELOG.md', 'One.\n\nIt is\nrefused for\nwant of memory.', 4],
    ['in a table', 'ARCHITECTURE.md', '| what | limit |\n|---|---|\n| all else | 1 |', 3],
    ['in a list', 'CONTRIBUTING.md', '- One.\n- A client\n  starts anew.', 3],
    ['after a sample', 'docs/a.md', '```sh\nls\n```\n\nEdit the wish.', 5],
  ])('with a phrase %s is found at its line', (_, path, text, line) => {
    const [found] = translatedPhrases([{ path, text }]);
    expect(found).toContain(`${path}:${line}: `);
  });

  test.each([
    ['plain English', 'docs/a.md', 'Above all else, there is no file. They are all the same.'],
    ['a name in code', 'docs/a.md', 'It runs as `nobody`; see `the wish`.'],
    ['a sample', 'docs/a.md', '```\nwish: the wish\n```'],
    ['the address of a link', 'docs/a.md', '[decision 41](0041-node-starts-anew.md)'],
    ['a text that others write', 'docs/matrix/results.md', 'Nobody.'],
  ])('with %s is not', (_, path, text) => {
    expect(translatedPhrases([{ path, text }])).toEqual([]);
  });
});

test('the lock file names no download host', () => {
  const lock = sources.find(({ path }) => path === 'package-lock.json');
  expect(lock?.text).not.toMatch(/"resolved"/);
});

// A clone lacks what git ignores, such as each folder of the name `build`.
test('git keeps each program that package.json runs', () => {
  const lines = sources.find(({ path }) => path === 'package.json')?.text.match(/"tsx .*"/g) ?? [];
  const programs = lines.flatMap((line) => line.match(/[\w/-]+\.ts\b/g) ?? []);
  const isKept = (program: string) => sources.some(({ path }) => path === program);
  expect(programs.length).toBeGreaterThan(10);
  expect(programs.filter((program) => !isKept(program))).toEqual([]);
});
