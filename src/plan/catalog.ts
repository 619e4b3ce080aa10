/**
 * What the frontends (wizard, flags, docs, completion) need to know about the generators,
 * collected.
 */

import type { Issue } from '../error.ts';
import type { AdditionKind } from '../spec/addition.ts';
import type { Feature } from '../spec/feature.ts';
import { type Machine, rulesOn } from '../spec/machine.ts';
import type { Question, Values } from '../spec/question.ts';
import type { Preset, Rule } from '../spec/rule.ts';
import type { Spec } from '../spec/spec.ts';
import { combinations, verdictOn } from '../spec/verdict.ts';
import { takenBy } from './contributed.ts';
import type { Commands, FlowStep, Generator } from './generator.ts';

/** One combination of language × I/O model × trigger × pattern × concurrency × workers. */
export interface Architecture {
  readonly values: Values;
  readonly status: 'ok' | 'warn' | 'refused';
  /** The reason for a refusal or warning; empty for `ok`. */
  readonly reason: string;
}

export interface Catalog {
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
  readonly presets: readonly Preset[];
  /** What `add` can do: add an entry to a list, or switch on a feature. */
  readonly additions: readonly AdditionKind[];
  readonly features: readonly Feature[];
  /** Additions of a spec that are incompatible with each other. */
  readonly objections: (spec: Spec) => readonly Issue[];
  /** File ids that have changed since an earlier version: old → current. */
  readonly renames: Readonly<Record<string, string>>;
  /** Every combination, including the refused ones. */
  readonly architectures: () => readonly Architecture[];
  /** The five-step table for the answers so far; null while it is undecided. */
  readonly flow: (values: Values) => readonly FlowStep[] | null;
}

/** `machine`: what is known about the user's machine. Rules about unknown facts don't apply. */
export function catalogOf(generators: readonly Generator[], machine: Machine = {}): Catalog {
  const questions = generators.flatMap((generator) => generator.questions);
  const all = generators.flatMap((generator) => generator.rules);
  const rules = rulesOn(all, machine);
  return {
    questions,
    rules,
    presets: generators.flatMap((generator) => generator.presets ?? []),
    additions: generators.flatMap((generator) => generator.additions ?? []),
    features: generators.flatMap((generator) => generator.features ?? []),
    objections: (spec) => {
      const taken = takenBy(generators, spec);
      return generators.flatMap((generator) => generator.objections?.(spec, taken) ?? []);
    },
    renames: Object.assign({}, ...generators.map((generator) => generator.renames ?? {})),
    architectures: () =>
      combinations(questions).map((values) => {
        const { status, reason } = verdictOn(rules, values);
        return { values, status, reason };
      }),
    flow: (values) => firstAnswer(generators, (generator) => generator.flow?.(values)),
  };
}

/** How the project is installed, built, tested and started. */
export function commandsOf(generators: readonly Generator[], spec: Spec): Commands {
  return firstAnswer(generators, ({ commands }) => commands?.(spec)) ?? kNoCommands;
}

const kNoCommands: Commands = { install: null, build: null, test: null, start: null };

/** The answer of the first generator that has one. */
function firstAnswer<T>(
  generators: readonly Generator[],
  ask: (generator: Generator) => T | null | undefined,
): T | null {
  for (const generator of generators) {
    const answer = ask(generator);
    if (answer !== null && answer !== undefined) return answer;
  }
  return null;
}
