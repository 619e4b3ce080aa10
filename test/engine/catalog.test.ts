import { describe, expect, test } from 'vitest';
import { catalog, parse } from '../../src/project.ts';
import { keysOf } from '../../src/spec/condition.ts';
import { flagOf } from '../../src/spec/flag.ts';
import { withPreset } from '../../src/spec/preset.ts';

describe('the catalog of architectures', () => {
  const architectures = catalog.architectures();

  test('holds every combination once', () => {
    const keys = architectures.map(({ values }) => JSON.stringify(values));
    // 2 languages × (6 I/O models + epoll with 2 triggers) × 4 patterns × 6 models × 2 kinds.
    expect(new Set(keys).size).toBe(2 * 8 * 4 * 6 * 2);
    expect(keys).toHaveLength(2 * 8 * 4 * 6 * 2);
  });

  test('offers C++ whatever is possible, and TypeScript all that needs no fork', () => {
    const offered = architectures.filter(({ status }) => status !== 'refused');
    const numbers = ['cpp', 'typescript'].map(
      (language) => offered.filter(({ values }) => values.language === language).length,
    );
    expect(numbers).toEqual([90, 88]);
  });

  test('agrees with parse on each of them', () => {
    for (const { values, status } of architectures) {
      expect(parse(values).ok).toBe(status !== 'refused');
    }
  });

  test('gives a reason wherever it refuses or warns', () => {
    for (const { status, reason } of architectures) expect(reason === '').toBe(status === 'ok');
  });

  test('has a five-step table for each one that it offers', () => {
    for (const { values, status } of architectures) {
      if (status !== 'refused') expect(catalog.flow(values)).not.toBeNull();
    }
  });
});

describe('the questions', () => {
  test('have keys and flags of their own', () => {
    const names = catalog.questions.flatMap((question) => [
      flagOf(question),
      ...(question.aliases ?? []),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('stand after those that their conditions name', () => {
    const seen: string[] = [];
    for (const question of catalog.questions) {
      for (const key of keysOf(question.when ?? {})) expect(seen).toContain(key);
      seen.push(question.key);
    }
  });

  test('are told about: title, help, and each choice with its trade-off and explanation', () => {
    for (const question of catalog.questions) {
      const choices = question.kind === 'choice' ? question.choices : [];
      const texts = choices.flatMap(({ label, tradeoff, explanation }) => [
        label,
        tradeoff,
        explanation,
      ]);
      for (const text of [question.title, question.help, ...texts]) expect(text).not.toBe('');
      for (const { tradeoff } of choices) expect(tradeoff.length).toBeLessThanOrEqual(100);
    }
  });

  test('have a default that is a choice, and that stands', () => {
    const parsed = parse({});
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
  });
});

test('rules speak of known questions and choices only, and name a flag in their way out', () => {
  const valuesOf = new Map<string, readonly unknown[] | null>(
    catalog.questions.map((question) => [
      question.key,
      question.kind === 'choice' ? question.choices.map((choice) => choice.value) : null,
    ]),
  );
  for (const rule of catalog.rules) {
    expect(rule.fix).toMatch(/--[a-z]/);
    for (const [key, values] of Object.entries(rule.when)) {
      const choices = valuesOf.get(key);
      expect(choices).not.toBeUndefined();
      if (choices) for (const value of values) expect(choices).toContain(value);
    }
  }
});

test.each(catalog.presets)('the preset $id is built in both languages', ({ id }) => {
  for (const language of ['typescript', 'cpp']) {
    expect(parse(withPreset({ language }, id, catalog))).toMatchObject({ ok: true, warnings: [] });
  }
});

test.each([
  '../x',
  '/tmp/x',
  'My-Server',
  'my server',
  'my_server',
  '1st',
  '-x',
  '',
  'a'.repeat(65),
  'test',
  'all',
  'http',
  'node-modules',
  'naïve',
])('the name %j is refused', (name) => {
  expect(parse({ name }).ok).toBe(false);
});

test.each(['a', 'my-server', 'srv2', 'a'.repeat(64)])('the name %j is taken', (name) => {
  expect(parse({ name }).ok).toBe(true);
});
