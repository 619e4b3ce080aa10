/** What must hold for everything that can be added, in both languages. */

import { describe, expect, test } from 'vitest';
import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble, type Plan } from '../../src/plan/assemble.ts';
import { kAbilities } from '../../src/plan/contribution.ts';
import { parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import type { Addition, AdditionKind } from '../../src/spec/addition.ts';
import { applies, holds } from '../../src/spec/condition.ts';
import { checkValue } from '../../src/spec/parse/check-value.ts';
import type { Answers } from '../../src/spec/question.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { kEverything } from './every-addition.ts';
import { templateFaults, usedAssets } from './plans.ts';

const assets = packagedAssets();

const kinds: readonly AdditionKind[] = generators.flatMap((generator) => generator.additions ?? []);

function kindOf(addition: Addition): AdditionKind {
  const kind = kinds.find((candidate) => candidate.kind === addition.kind);
  if (kind === undefined) throw new Error(`nobody declares ${addition.kind}`);
  return kind;
}

/** The project with the additions it can have. */
function specOf(answers: Answers, additions: readonly Addition[]): Spec {
  const parsed = parse({ name: 'my-server', ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { spec } = parsed;
  const possible = additions.filter((addition) => {
    const { when } = kindOf(addition);
    return when === undefined || holds(when, spec.values);
  });
  return { ...spec, additions: possible };
}

/**
 * What the additions' files depend on: the language, the way to wait, and what executes handlers.
 */
const projects: readonly Answers[] = [
  { language: 'cpp' },
  { language: 'cpp', 'io.model': 'io_uring', 'workers.kind': 'process' },
  { language: 'cpp', 'pools.connections': 'growing' },
  { language: 'cpp', 'log.targets': ['file', 'syslog', 'udp'], 'daemon.style': 'classic' },
  { language: 'typescript' },
  { language: 'typescript', 'io.model': 'poll', 'concurrency.model': 'half-sync-half-reactive' },
  { language: 'typescript', 'io.model': 'io_uring', 'workers.kind': 'process' },
];

const specs = projects.flatMap((answers) => [
  specOf(answers, kEverything),
  specOf(answers, kEverything.toReversed()),
]);
/** Its program has abilities that no other feature has. */
const able = {
  id: 'able',
  questions: [],
  rules: [],
  files: () => [],
  contributions: () => ({ abilities: { items: kAbilities, because: [] } }),
};
const plans: readonly Plan[] = [
  ...specs.map((spec) => assemble(generators, spec, assets)),
  ...specs.slice(0, 1).map((spec) => assemble([...generators, able], spec, assets)),
];

test('templates and their views fit each other', () => {
  expect(templateFaults(plans, assets)).toEqual([]);
});

test('every template of an addition is used', () => {
  const used = usedAssets(plans);
  const all = assets.list('templates/additions');
  expect(all.filter((path) => !used.has(path))).toEqual([]);
});

test('the same additions give the same bytes', async () => {
  for (const [index, plan] of plans.entries()) {
    const spec = specs[index];
    if (spec === undefined || index % 5 !== 0) continue;
    const again = await render(assemble(generators, spec, packagedAssets()), packagedAssets());
    expect(again).toEqual(await render(plan, assets));
  }
});

test('a project without a protocol has nothing of one', () => {
  for (const answers of projects) {
    const others = kEverything.filter(({ kind }) => kind !== 'protocol');
    for (const { path } of planOf(answers, others)) {
      expect(path).not.toMatch(
        /protocol\/frame|addon\/frame|frames\.ts|service_set|^fsm|protocols/,
      );
    }
  }
});

test.each(kEverything)(
  'add $kind $values.name$values.target has an answer to the questions of its kind',
  (added) => {
    const questions = kindOf(added).questions.filter((question) => applies(question, added.values));
    expect(Object.keys(added.values).sort()).toEqual(questions.map(({ key }) => key).sort());
    for (const question of questions) {
      expect(checkValue(question, added.values[question.key])).toMatchObject({ ok: true });
    }
  },
);

describe.each(projects.map((answers) => [Object.values(answers).join(' '), answers] as const))(
  '%s',
  (_, answers) => {
    test('each addition touches only files that name its kind', () => {
      const { additions } = specOf(answers, kEverything);
      const whole = planOf(answers, additions);
      const bare = planOf(answers, []);
      for (const addition of additions) {
        const others = additions.filter((other) => other !== addition);
        const reason = `add ${addition.kind}`;
        expect(changed(whole, planOf(answers, others), reason), reason).toEqual([]);
        expect(changed(planOf(answers, [addition]), bare, reason), reason).toEqual([]);
      }
    });

    test('every file is tidy, and only two mention the generator', async () => {
      for (const { path, owner, text } of await render(planOf(answers, kEverything), assets)) {
        if (owner === 'generated') continue;
        expect(text.endsWith('\n'), path).toBe(true);
        expect(text, path).not.toMatch(/[ \t]\n|\n\n$|\n\n\n|\r/);
        // The README says how to change the project later.
        if (['README.md', 'hpserver.json'].includes(path)) continue;
        expect(text, path).not.toMatch(/create-hpserver|handlebars/i);
      }
    });

    test('a name of the project stands only in files that say so', () => {
      const here = planOf(answers, kEverything);
      const there = planOf({ ...answers, name: 'other-name' }, kEverything);
      expect(changed(here, there, 'name')).toEqual([]);
    });
  },
);

function planOf(answers: Answers, additions: readonly Addition[]): Plan {
  return assemble(generators, specOf(answers, additions), assets);
}

/** Paths planned differently without naming the reason. */
function changed(one: Plan, other: Plan, reason: string): readonly string[] {
  const [left, right] = [one, other].map((plan) => new Map(plan.map((file) => [file.path, file])));
  return [...new Set([...one, ...other].map(({ path }) => path))].filter((path) => {
    const [before, after] = [left?.get(path), right?.get(path)];
    const isSame = JSON.stringify(before) === JSON.stringify(after);
    if (isSame) return false;
    return !(before ?? after)?.because.includes(reason);
  });
}
