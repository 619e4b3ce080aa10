/**
 * The whole flow: answers → spec → plan → tree → change set → disk.
 * The only engine file that imports `generators/`.
 */

import { resolve } from 'node:path';
import { generators } from '../generators/index.ts';
import { packagedAssets, packageVersion } from './disk/package.ts';
import { occupant, snapshot } from './disk/snapshot.ts';
import { writeProject } from './disk/write-project.ts';
import type { Issue } from './error.ts';
import type { ChangeSet } from './merge/change-set.ts';
import { merge } from './merge/merge.ts';
import { assemble } from './plan/assemble.ts';
import type { Commands, FlowStep, Generator } from './plan/generator.ts';
import { render } from './render/render.ts';
import { type Parsed, parseAnswers } from './spec/parse.ts';
import type { Answers, Question, Values } from './spec/question.ts';
import type { Preset, Rule } from './spec/rule.ts';
import type { Spec } from './spec/spec.ts';
import { combinations, verdictOn } from './spec/verdict.ts';
import { stateFiles } from './tree/manifest.ts';
import type { Tree } from './tree/tree.ts';

export type { Parsed } from './spec/parse.ts';

/** One combination of language × I/O model × trigger × pattern × concurrency × workers. */
export interface Architecture {
  readonly values: Values;
  readonly status: 'ok' | 'warn' | 'refused';
  /** Why it is refused or warned of; empty for `ok`. */
  readonly reason: string;
}

/**
 * Everything that fronts (wizard, flags, docs, completion) need to know; collected from the
 * generators.
 */
export interface Catalog {
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
  readonly presets: readonly Preset[];
  /** Every combination, the refused ones too. */
  readonly architectures: () => readonly Architecture[];
  /** The five-step table of what is answered so far; null while it is open. */
  readonly flow: (values: Values) => readonly FlowStep[] | null;
}

/** What a run would do; a dry run ends here. */
export interface Preview {
  /** Absolute. */
  readonly directory: string;
  readonly spec: Spec;
  /** What the changes lead to. */
  readonly tree: Tree;
  readonly changes: ChangeSet;
  readonly warnings: readonly Issue[];
  readonly commands: Commands;
}

export const catalog: Catalog = {
  questions: generators.flatMap((generator) => generator.questions),
  rules: generators.flatMap((generator) => generator.rules),
  presets: generators.flatMap((generator) => generator.presets ?? []),
  architectures: () => combinations(catalog.questions).map(architectureOf),
  flow: (values) => firstAnswer((generator) => generator.flow?.(values)),
};

export function parse(answers: Answers): Parsed {
  return parseAnswers(answers, catalog);
}

export async function preview(spec: Spec, directory: string): Promise<Preview> {
  const place = resolve(directory);
  const assets = packagedAssets();
  const plan = assemble(generators, spec, assets);
  const tree = await render(plan, assets);
  const onDisk = await snapshot(
    place,
    plan.map((file) => file.path),
  );
  const changes = merge(tree, onDisk);
  const blocked = await occupant(place);
  const warnings = [...warningsOf(spec), ...(blocked === null ? [] : [blocked])];
  const commands = firstAnswer((generator) => generator.commands?.(spec)) ?? kNoCommands;
  return { directory: place, spec, tree, changes, warnings, commands };
}

/** Writes the previewed changes, all or nothing. */
export async function apply({ directory, tree }: Preview): Promise<void> {
  await writeProject(directory, [...tree, ...stateFiles(tree, packageVersion())]);
}

const kNoCommands: Commands = { install: null, build: null, test: null, start: null };

function architectureOf(values: Values): Architecture {
  const { status, reason } = verdictOn(catalog.rules, values);
  return { values, status: status === 'unbuilt' ? 'refused' : status, reason };
}

function warningsOf(spec: Spec): readonly Issue[] {
  const parsed = parse(spec.values);
  return parsed.ok ? parsed.warnings : [];
}

function firstAnswer<T>(ask: (generator: Generator) => T | null | undefined): T | null {
  for (const generator of generators) {
    const answer = ask(generator);
    if (answer !== null && answer !== undefined) return answer;
  }
  return null;
}
