/**
 * Merges random route tables, and checks the result by a slow model: route by route, import by
 * import.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Registration } from '../../../plan/generator.ts';
import { mergeContent } from '../merge-content.ts';
import { modelRuns } from '../testing.ts';
import type { Three } from '../three.ts';

const kLists: readonly Registration[] = [
  { kind: 'typescript-imports' },
  { kind: 'typescript-chain', variable: 'routes' },
];

/** All answers differ, though some of them look like others that were reformatted. */
const kAnswers = ["'a  b'", "'a b'", "'a;b'", "`it's`", `'it\\'s'`, '/"/', "f('x', { y: 1 })", 'h'];

/** Null if the text lacks the route. */
type Answer = string | null;

interface Route {
  readonly sides: Three<Answer>;
  /** Whether the user has reformatted the route, with other spaces and an extra comma. */
  readonly isReformatted: boolean;
  readonly remark: string;
}

const kAnswer: fc.Arbitrary<Answer> = fc.option(fc.constantFrom(...kAnswers), { freq: 4 });

const kRoute: fc.Arbitrary<Route> = fc
  .record({
    base: kAnswer,
    ours: fc.option(kAnswer, { nil: undefined, freq: 2 }),
    theirs: fc.option(kAnswer, { nil: undefined, freq: 2 }),
    isReformatted: fc.boolean(),
    remark: fc.constantFrom('', '', '', ' // mine; "really"'),
  })
  .map(({ base, ours, theirs, isReformatted, remark }) => {
    const sides = { base, disk: ours === undefined ? base : ours, next: theirs ?? base };
    return { sides: theirs === null ? { ...sides, next: null } : sides, isReformatted, remark };
  });

const kRoutes = fc.array(kRoute, { minLength: 1, maxLength: 6 });

function calls(routes: readonly Route[], side: keyof Three<Answer>): readonly string[] {
  return routes.flatMap(({ sides, isReformatted, remark }, index) => {
    const answer = sides[side];
    if (answer === null) return [];
    const isOurs = side === 'disk';
    const form = isOurs && isReformatted ? `.get( "/r${index}", ${answer}, )` : null;
    const mark = isOurs && answer !== sides.base ? remark : '';
    return [`${form ?? `.get('/r${index}', ${answer})`}${mark}`];
  });
}

/** The user's own table, which looks like one of our lists but isn't. */
const kOwn = "const own = new Routes()\n  .get('/mine', 'a  b')\n  .get('/theirs', h);\n";

function file(routes: readonly Route[], side: keyof Three<Answer>, own = ''): string {
  const [last = '', ...others] = calls(routes, side).toReversed();
  const chain = [...others.reverse(), last === '' ? '' : last.replace(/( \/\/.*)?$/, ';$1')];
  const lines = chain.filter((line) => line !== '').map((line) => `\n  ${line}`);
  const head = "import { Routes } from './routes.ts';\nimport { f, h } from './h.ts';\n\n";
  return `${head}${own}export const routes = new Routes()${lines.join('')}${last === '' ? ';' : ''}\n`;
}

/** By path: the answer in the text. */
function answersIn(text: string): ReadonlyMap<string, string> {
  const [, table = ''] = text.split('export const routes = new Routes()');
  const call = /\.get\(\s*['"]\/(r\d+)['"],\s*(.*?),?\s*\);?(?: \/\/.*)?$/gm;
  return new Map([...table.matchAll(call)].map(([, path = '', answer = '']) => [path, answer]));
}

test('every route of the user is in the table as it was, or it is a conflict (P33)', () =>
  fc.assert(
    fc.asyncProperty(kRoutes, fc.boolean(), async (routes, hasOwn) => {
      const own = hasOwn ? kOwn : '';
      const disk = file(routes, 'disk', own);
      const merged = await mergeContent({
        path: 'src/routes.ts',
        ...{ base: file(routes, 'base'), disk, next: file(routes, 'next') },
        registrations: kLists,
      });
      if (merged.kind === 'conflict') return;
      expect(merged.text).toContain(own);
      const [before, after] = [answersIn(disk), answersIn(merged.text)];
      const faults = routes.flatMap(({ sides: { base, disk: ours, next } }, index) => {
        const path = `r${index}`;
        const [is, was] = [after.get(path), before.get(path)];
        // If only one side changed the route, the result must be that side's.
        if (ours === base) return is === (next ?? undefined) ? [] : [`${path}: ${is}, not ${next}`];
        if (next === base || next === ours) return is === was ? [] : [`${path}: ${is}, not ${was}`];
        return [`${path}: ${base} became ${ours} here and ${next} there`];
      });
      expect(faults, merged.text).toEqual([]);
      const remarks = (text: string): number => text.split('// mine').length;
      expect(remarks(merged.text)).toBe(remarks(disk));
    }),
    modelRuns(0.1),
  ));

test('what only one side changes is never a conflict', () =>
  fc.assert(
    fc.asyncProperty(kRoutes, async (routes) => {
      const apart = routes.map((route, index): Route => {
        const { base, disk, next } = route.sides;
        const sides = index % 2 === 0 ? { base, disk, next: base } : { base, disk: base, next };
        return { ...route, remark: '', sides };
      });
      const merged = await mergeContent({
        path: 'src/routes.ts',
        ...{ base: file(apart, 'base'), disk: file(apart, 'disk'), next: file(apart, 'next') },
        registrations: kLists,
      });
      expect(merged).toMatchObject({ kind: 'merged' });
    }),
    modelRuns(0.1),
  ));
