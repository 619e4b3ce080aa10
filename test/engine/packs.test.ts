/** What must hold for packs' files, tested on the example and the real built-in pack. */

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { benchFor } from '../../src/pack/check/bench.ts';
import { casesOf } from '../../src/pack/check/cases.ts';
import { concernedBy, concernedTree } from '../../src/pack/check/concerned.ts';
import { shapingKeys } from '../../src/pack/check/lint/unused.ts';
import { builtIn } from '../../src/project.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { Tree } from '../../src/tree/tree.ts';

const directory = fileURLToPath(new URL('../../examples', import.meta.url));
const options = { builtIn, directory, env: process.env, isLook: false, always: false, ask: null };
const bench = await benchFor('./pack-observability', options);
const { specs } = casesOf(bench, await shapingKeys(bench));
const trees = await Promise.all(
  specs.map(async (spec) => concernedTree(bench, spec, await concernedBy(bench, spec))),
);

/** The differences between two specs, as `because` names them. */
function changes(one: Spec, other: Spec): readonly string[] {
  const keys = Object.keys({ ...one.values, ...other.values });
  const answers = keys.filter((key) => one.values[key] !== other.values[key]);
  const isSame = JSON.stringify(one.additions) === JSON.stringify(other.additions);
  return isSame ? answers : [...answers, 'add alert'];
}

function undeclared(one: Tree, other: Tree, changed: readonly string[]): readonly string[] {
  const [left, right] = [one, other].map((tree) => new Map(tree.map((file) => [file.path, file])));
  const paths = new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])]);
  return [...paths].flatMap((path) => {
    const [before, after] = [left?.get(path), right?.get(path)];
    if (before?.text === after?.text) return [];
    const because = [...(before?.because ?? []), ...(after?.because ?? [])];
    const isDeclared = changed.some((key) => because.includes(key));
    return isDeclared ? [] : [`${path} changes with ${changed.join(', ')}`];
  });
}

test('a changed answer touches only files of a pack whose "because" names it', () => {
  expect(specs.length).toBeGreaterThan(50);
  const wrong = new Set<string>();
  for (const [at, one] of specs.entries()) {
    for (const [to, other] of specs.entries()) {
      if (to <= at) continue;
      const found = undeclared(trees[at] ?? [], trees[to] ?? [], changes(one, other));
      for (const fault of found) wrong.add(fault);
    }
  }
  expect([...wrong]).toEqual([]);
});

test('a block that is replaced makes the answers that it reads reasons of its file', async () => {
  const [spec] = specs;
  if (spec === undefined) throw new Error('there is a case');
  const { intents } = await concernedBy(bench, spec);
  const readme = intents.find(({ path }) => path === 'README.md');
  expect(readme?.because).toEqual(
    expect.arrayContaining(['metrics.dashboard', 'metrics.interval', 'metrics.path']),
  );
});
