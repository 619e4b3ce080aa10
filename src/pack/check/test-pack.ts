/** A pack's golden cases, and a rendering of every combination of its questions. */

import { type Issue, UserError } from '../../error.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Bench } from './bench.ts';
import { type Cases, casesOf } from './cases.ts';
import { concernedBy, concernedTree } from './concerned.ts';
import { type Difference, differences, goldenCases, producedFor } from './golden.ts';
import { shapingKeys } from './lint/unused.ts';

export interface GoldenResult {
  readonly name: string;
  readonly differences: readonly Difference[];
}

export interface Rendered {
  readonly cases: number;
  readonly complete: boolean;
  readonly issues: readonly Issue[];
}

/** Each golden case with its differences. Errors: `UserError` if a case is invalid. */
export async function testGolden(bench: Bench): Promise<readonly GoldenResult[]> {
  const results: GoldenResult[] = [];
  for (const golden of goldenCases(bench)) {
    const produced = await producedFor(bench, golden);
    results.push({ name: golden.name, differences: await differences(golden.expected, produced) });
  }
  return results;
}

/** Plans and renders each combination, twice: both times the bytes must be the same. */
export async function testCombinations(bench: Bench): Promise<Rendered> {
  const { specs, complete } = await combinationsOf(bench);
  const issues = new Map<string, Issue>();
  for (const spec of specs) {
    for (const issue of await renderIssues(bench, spec)) {
      issues.set(`${issue.at} ${issue.message}`, issue);
    }
  }
  return { cases: specs.length, complete, issues: [...issues.values()] };
}

/** The combinations to render; if `few`, only enough of them to cover each pair, for builds. */
export async function combinationsOf(bench: Bench, few = false): Promise<Cases> {
  return casesOf(bench, await shapingKeys(bench), few ? 0 : undefined);
}

async function renderIssues(bench: Bench, spec: Spec): Promise<readonly Issue[]> {
  try {
    const [first, again] = [await textsFor(bench, spec), await textsFor(bench, spec)];
    if (first === again) return [];
    const message = 'the same answers produced different files the second time';
    return [
      {
        at: bench.pack.name,
        message,
        fix: 'Make its code independent of the time, random numbers and the network.',
      },
    ];
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.issues;
    throw thrown;
  }
}

async function textsFor(bench: Bench, spec: Spec): Promise<string> {
  const tree = await concernedTree(bench, spec, await concernedBy(bench, spec));
  return JSON.stringify(tree.map(({ path, text, mode }) => [path, mode, text]));
}
