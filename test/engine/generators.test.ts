/** What must hold for the files of every generator, for everything this version builds. */

import { describe, expect, test } from 'vitest';
import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble, type Plan } from '../../src/plan/assemble.ts';
import { catalog, parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import type { Value, Values } from '../../src/spec/question.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { templateFaults, usedAssets } from './plans.ts';

const assets = packagedAssets();

function specOf(values: Values): Spec {
  const parsed = parse(values);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.spec;
}

/** The specs that differ from this one in one answer, as far as they can be built. */
function neighbours(spec: Spec): readonly Spec[] {
  return catalog.questions.flatMap((question) => {
    if (spec.values[question.key] === undefined) return [];
    return alternatives(question.key).flatMap((value) => {
      const parsed = parse({ ...spec.values, [question.key]: value });
      return parsed.ok ? [parsed.spec] : [];
    });
  });
}

function alternatives(key: string): readonly Value[] {
  const question = catalog.questions.find((candidate) => candidate.key === key);
  switch (question?.kind) {
    case 'choice':
      return question.choices.map((choice) => choice.value);
    case 'multi': {
      const all = question.choices.map((choice) => choice.value);
      return [all, all.slice(-1)];
    }
    case 'boolean':
      return [true, false];
    case 'number':
      return [question.min, question.max];
    default:
      return key === 'name' ? ['other-name'] : [];
  }
}

/** Every architecture offered, with defaults for the rest. */
const offered = catalog
  .architectures()
  .filter(({ status }) => status !== 'refused')
  .map(({ values }) => specOf(values));

/** Includes the additional questions for daemons. */
const daemons = [
  { language: 'cpp' },
  { language: 'typescript' },
  // Not upgrades: with its own root, a server finds no new program there.
  { language: 'cpp', 'daemon.chroot': true },
  // A TypeScript server may change its root only if it has no workers.
  { language: 'typescript', 'concurrency.model': 'single', 'daemon.chroot': true },
].map((answers) => specOf({ ...answers, 'daemon.style': 'classic' }));

const specs = [
  ...new Map(
    [...offered, ...daemons]
      .flatMap((spec) => [spec, ...neighbours(spec)])
      .map((spec) => [JSON.stringify(spec.values), spec]),
  ).values(),
];
const plans: readonly Plan[] = specs.map((spec) => assemble(generators, spec, assets));
const trees: ReadonlyMap<string, Tree> = new Map(
  await Promise.all(
    specs.map(
      async (spec, index) =>
        [JSON.stringify(spec.values), await render(plans[index] ?? [], assets)] as const,
    ),
  ),
);

test('templates and their views fit each other, in every project', () => {
  expect(templateFaults(plans, assets)).toEqual([]);
});

test('every template is used', () => {
  const values = { name: 'chat', framing: 'line', port: 9000 };
  const additions = [{ kind: 'protocol', values }];
  // The list of services exists only if there are some.
  const serving = offered.map((spec) => assemble(generators, { ...spec, additions }, assets));
  const used = usedAssets([...plans, ...serving]);
  const isOwn = (path: string): boolean => !path.startsWith('templates/additions/');
  expect(assets.list('templates').filter((path) => isOwn(path) && !used.has(path))).toEqual([]);
});

test('a changed answer touches only files whose "because" names it', () => {
  const wrong = new Set<string>();
  for (const spec of offered) {
    for (const other of neighbours(spec)) {
      for (const fault of undeclared(spec, other)) wrong.add(fault);
    }
  }
  expect([...wrong]).toEqual([]);
});

/**
 * Files that differ between two specs, though none of the differing answers is a reason for them.
 */
function undeclared(one: Spec, other: Spec): readonly string[] {
  const keys = Object.keys({ ...one.values, ...other.values });
  const changed = keys.filter((key) => one.values[key] !== other.values[key]);
  const [before, after] = [filesOf(one), filesOf(other)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [left, right] = [before.get(path), after.get(path)];
    if (left?.text === right?.text && left?.mode === right?.mode) return [];
    const because = [...(left?.because ?? []), ...(right?.because ?? [])];
    const isDeclared = changed.some((key) => because.includes(key));
    return isDeclared ? [] : [`${path} changes with ${changed.join(', ')}`];
  });
}

/** One file for each combination of path and text. */
function different(files: Tree): Tree {
  const known = new Map<string, Map<string, Tree[number]>>();
  for (const file of files) {
    const texts = known.get(file.path) ?? new Map<string, Tree[number]>();
    // Looked up by the text itself, whose hash V8 caches; equal texts are then one string.
    known.set(file.path, texts.set(file.text, file));
  }
  return [...known.values()].flatMap((texts) => [...texts.values()]);
}

function filesOf(spec: Spec): ReadonlyMap<string, Tree[number]> {
  const tree = trees.get(JSON.stringify(spec.values)) ?? [];
  return new Map(tree.map((file) => [file.path, file]));
}

describe('every file of every project', () => {
  const files = different([...trees.values()].flat());

  test('gives only known questions and kinds of additions as its reasons', () => {
    const kinds = generators.flatMap((generator) => generator.additions ?? []);
    const known = new Set([
      ...catalog.questions.map((question) => question.key),
      ...kinds.map(({ kind }) => `add ${kind}`),
    ]);
    for (const { because } of files) for (const key of because) expect(known).toContain(key);
  });

  test('ends in one line break, without trailing or doubled blank lines', () => {
    const untidy = files.filter(({ owner, text }) => {
      const isUntidy = !text.endsWith('\n') || /[ \t]\n|\n\n$|\n\n\n|\r/.test(text);
      // Artefacts are in the format of whatever generates them.
      return owner !== 'generated' && isUntidy;
    });
    expect(untidy.map(({ path }) => path)).toEqual([]);
  });

  test('does not mention the generator, but for its own records and how to change it', () => {
    const branded = files.filter(({ path, text }) => {
      const may = ['README.md', 'hpserver.json'].includes(path);
      return !may && /create-hpserver|handlebars/i.test(text);
    });
    expect(branded.map(({ path }) => path)).toEqual([]);
  });
});

test('the same spec gives the same bytes', async () => {
  for (const [index, spec] of specs.entries()) {
    if (index % 7 !== 0) continue;
    const again = await render(assemble(generators, spec, packagedAssets()), packagedAssets());
    expect(again).toEqual(trees.get(JSON.stringify(spec.values)));
  }
});
