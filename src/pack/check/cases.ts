/** The combinations of answers with which a pack is tested. */

import type { AdditionKind } from '../../spec/addition.ts';
import { applies } from '../../spec/condition.ts';
import { valuesOf } from '../../spec/parse/parse-values.ts';
import type { Answers, Question, Value } from '../../spec/question.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Bench } from './bench.ts';
import { allRows, pairwise, type Row } from './pairwise.ts';

/** If there are more combinations than this, only pairs of answers are covered. */
const kMostCases = 500;

/** What varies between the cases: each factor takes one of its levels. */
interface Factors {
  readonly questions: readonly { readonly question: Question; readonly levels: readonly Value[] }[];
  /** Each kind is either not added, or added once, with one of these sets of answers. */
  readonly additions: readonly {
    readonly kind: string;
    readonly levels: readonly (Answers | null)[];
  }[];
}

export interface Cases {
  /** Without duplicates, and without specs that the rules refuse. */
  readonly specs: readonly Spec[];
  /** False if only every pair of answers is covered. */
  readonly complete: boolean;
}

/**
 * The combinations of answers to the questions with these keys, and of one addition of each kind
 * that the pack brings.
 */
export function casesOf(bench: Bench, keys: ReadonlySet<string>, most: number = kMostCases): Cases {
  const factors = factorsOf(bench, keys);
  const levels = [...factors.questions, ...factors.additions].map((factor) => factor.levels.length);
  const all = allRows(levels, most);
  const rows = all ?? pairwise(levels);
  const specs = new Map<string, Spec>();
  for (const row of rows) {
    const spec = specOf(bench, factors, row);
    if (spec !== null) specs.set(JSON.stringify(spec), spec);
  }
  return { specs: [...specs.values()], complete: all !== null };
}

function factorsOf({ catalog, own }: Bench, keys: ReadonlySet<string>): Factors {
  return {
    questions: catalog.questions
      .filter(({ key }) => keys.has(key))
      .map((question) => ({ question, levels: levelsOf(question) })),
    additions: own.additions.map((kind) => ({
      kind: kind.kind,
      levels: [null, ...additionLevels(kind)],
    })),
  };
}

/**
 * The values to try: for a choice, every choice; for a set, none, each one alone, and all; for a
 * number, the default and both ends; for a text or a path, only the default.
 */
export function levelsOf(question: Question): readonly Value[] {
  switch (question.kind) {
    case 'choice':
      return question.choices.map(({ value }) => value);
    case 'boolean':
      return [false, true];
    case 'number':
      return [...new Set([question.default, question.min, question.max])];
    case 'multi': {
      const all = question.choices.map(({ value }) => value);
      return [[], ...all.map((value) => [value]), ...(all.length > 1 ? [all] : [])];
    }
    case 'path':
    case 'text':
      return [question.default];
  }
}

/** Enough sets of answers for every level of each question to be in one of them. */
function additionLevels({ kind, questions }: AdditionKind): readonly Answers[] {
  const levels = questions.map(levelsOf);
  const most = Math.max(...levels.map((own) => own.length));
  return Array.from({ length: most }, (_, at) => {
    const answers: Record<string, Value> = {};
    for (const [index, question] of questions.entries()) {
      const { values } = valuesOf(answers, { questions, rules: [] });
      const own = levels[index] ?? [];
      const level = own[at % own.length];
      if (level !== undefined && applies(question, values)) answers[question.key] = level;
    }
    return { ...answers, kind };
  });
}

function specOf(bench: Bench, { questions, additions }: Factors, row: Row): Spec | null {
  const { rules } = bench.catalog;
  let answers: Answers = { name: 'demo' };
  for (const [at, { question, levels }] of questions.entries()) {
    const { values } = valuesOf(answers, { questions: bench.catalog.questions, rules });
    if (applies(question, values)) answers = { ...answers, [question.key]: levels[row[at] ?? 0] };
  }
  const added = additions.flatMap(({ levels }, at) => {
    const level = levels[row[questions.length + at] ?? 0];
    return level === null || level === undefined ? [] : [level];
  });
  const parsed = bench.parse(answers, { additions: added, packs: [], owners: {} });
  return parsed.ok ? parsed.spec : null;
}
