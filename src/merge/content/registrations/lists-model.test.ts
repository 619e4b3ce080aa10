/** Declared lists in files where users have their own targets, functions and conditions. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Registration } from '../../../plan/generator.ts';
import { mergeContent } from '../merge-content.ts';
import { gapsOf, isInOrder, kThreeRows, modelRuns, unionOf } from '../testing.ts';
import { agreed, type Three } from '../three.ts';

type Row = readonly string[];

const kListOf = { kind: 'lines', before: '^\\)$' } as const;
const kLists: readonly Registration[] = [
  { ...kListOf, after: '^add_library\\(\\S+-parts STATIC$' },
  { ...kListOf, after: '^add_executable\\(\\S+-tests$' },
];

const library = (name: string, row: Row): string => list(`add_library(${name}-parts STATIC`, row);
const tests = (name: string, row: Row): string => list(`add_executable(${name}-tests`, row);

function list(head: string, row: Row): string {
  return [head, ...row.map((entry) => `  src/${entry}.cc`), ')', ''].join('\n');
}

function entriesBehind(text: string, head: string): Row {
  const [, behind = ''] = text.split(head);
  const within = behind.split('\n)\n')[0] ?? '';
  return [...within.matchAll(/src\/(\S+)\.cc/g)].map(([, entry]) => entry ?? '');
}

/**
 * False if both sides removed an entry and put others in its place: no result is defined for that.
 */
function isClear(rows: Three<Row>): boolean {
  return gapsOf(rows).every((gap) => {
    if (agreed(gap, (one, other) => one.join() === other.join()) !== null) return true;
    const isAdded = (side: Row): boolean => side.some((entry) => !gap.base.includes(entry));
    return !isAdded(gap.disk) || !isAdded(gap.next);
  });
}

interface Own {
  readonly above: Row;
  readonly below: Row;
}

const kOwn: fc.Arbitrary<Own> = fc.record({
  above: fc.subarray(['db', 'web', 'my-own']),
  below: fc.subarray(['ui', 'lib']),
});

describe('targets', () => {
  test('of the user are left alone, and the generated one has what both added (P22)', () =>
    fc.assert(
      fc.asyncProperty(kThreeRows, kThreeRows, kOwn, async (sources, suites, own) => {
        const target = (name: string): string =>
          library(name, ['own-0', `${name}-1`]) + tests(name, ['own-0']);
        const file = (side: keyof Three<Row>, above: Row, below: Row): string =>
          [
            ...['project(my)\n', ...above.map(target), '# Parts.\n', library('my', sources[side])],
            ...['# Tests.\n', tests('my', suites[side]), ...below.map(target), 'end()\n'],
          ].join('');
        const merged = await mergeContent({
          path: 'CMakeLists.txt',
          base: file('base', [], []),
          disk: file('disk', own.above, own.below),
          next: file('next', [], []),
          registrations: kLists,
        });
        if (merged.kind === 'conflict') {
          expect(isClear(sources) && isClear(suites), merged.reason).toBe(false);
          return;
        }
        for (const name of [...own.above, ...own.below])
          expect(merged.text).toContain(target(name));
        for (const [head, rows] of [
          ['add_library(my-parts STATIC', sources],
          ['add_executable(my-tests', suites],
        ] as const) {
          const entries = entriesBehind(merged.text, head);
          expect(entries.toSorted()).toEqual(unionOf(rows));
          expect(isInOrder(entries, rows.disk)).toBe(true);
        }
      }),
      modelRuns(),
    ));

  test('of the user with the very same name are, too, or it is a conflict', () =>
    fc.assert(
      fc.asyncProperty(kThreeRows, fc.boolean(), async (rows, isAbove) => {
        const own = `# Mine.\n${library('my', ['own-0', 'mine'])}# Till here.\n`;
        const generated = (side: Row): string => `# Parts.\n${library('my', side)}# Tests.\n`;
        const disk = isAbove ? own + generated(rows.disk) : generated(rows.disk) + own;
        const merged = await mergeContent({
          path: 'CMakeLists.txt',
          ...{ base: generated(rows.base), disk, next: generated(rows.next) },
          registrations: kLists,
        });
        if (merged.kind === 'merged') expect(merged.text).toContain(own);
      }),
      modelRuns(),
    ));
});

describe('conditions of the preprocessor', () => {
  const kRoutes: readonly Registration[] = [
    { kind: 'lines', after: '^#include "routes\\.h"$', before: '^namespace ' },
    { kind: 'lines', after: '^Router router;$', before: '^return router;$' },
  ];
  const include = (name: string): string => `#include "handlers/${name}.h"`;
  const route = (name: string): string => `  router.get("/${name}", ${name});`;

  function file(includes: Row, routes: Row): string {
    const body = ['Router make_routes() {', '  Router router;', ...routes, '  return router;', '}'];
    return `${['#include "routes.h"', '', ...includes, '', 'namespace {', '', ...body].join('\n')}\n`;
  }

  /** Wraps some of the entries in a condition that has an `#else`. */
  function wrapped(lines: Row, from: number, count: number): Row {
    if (count === 0) return lines;
    const within = lines.slice(from, from + count);
    const block = ['#ifdef WITH_MINE', ...within, '#else', '  mine();', '#endif'];
    return [...lines.slice(0, from), ...block, ...lines.slice(from + count)];
  }

  const kWrap = fc.tuple(fc.nat(8), fc.nat(3));

  test('of the user hold what the user has put there, and nothing else (P23)', () =>
    fc.assert(
      fc.asyncProperty(kThreeRows, kWrap, kWrap, async (rows, [at, count], [from, size]) => {
        const text = (row: Row): string => file(row.map(include), row.map(route));
        const includes = wrapped(rows.disk.map(include), at, count);
        const routes = wrapped(rows.disk.map(route), from, size);
        const disk = file(includes, routes);
        const merged = await mergeContent({
          path: 'src/routes.cc',
          ...{ base: text(rows.base), disk, next: text(rows.next) },
          registrations: kRoutes,
        });
        if (merged.kind === 'conflict') return;
        const blocks = (of: string): Row =>
          [...of.matchAll(/#ifdef WITH_MINE\n([\s\S]*?)#endif/g)].map(([, within]) => within ?? '');
        const removed = rows.base.filter((entry) => !rows.next.includes(entry));
        const isRemoved = (line: string): boolean =>
          removed.some((entry) => line === include(entry) || line === route(entry));
        const expected = blocks(disk).map((block) => block.split('\n'));
        for (const [index, block] of blocks(merged.text).entries()) {
          const lines = block.split('\n');
          expect(isInOrder(lines, expected[index] ?? [])).toBe(true);
          const left = expected[index]?.filter((line) => !lines.includes(line)) ?? [];
          expect(left.filter((line) => !isRemoved(line))).toEqual([]);
          expect(lines.filter((line) => !expected[index]?.includes(line))).toEqual([]);
        }
        const users = [...includes, ...routes].filter((line) => /u-\d|mine/.test(line));
        expect(users.filter((line) => !merged.text.split('\n').includes(line))).toEqual([]);
      }),
      modelRuns(),
    ));
});
