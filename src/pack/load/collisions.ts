/** Things that no two packs may share. */

import type { Issue } from '../../error.ts';
import { flagOf } from '../../spec/flag.ts';
import { isReservedKey, reservedIssue } from '../../spec/words/reserved.ts';
import type { Pack } from '../pack.ts';

/**
 * Questions, including those of code and plopfiles, with names that every JavaScript object has.
 */
export function reservedIssues({ name, reference, generators }: Pack): readonly Issue[] {
  const keys = generators.flatMap(({ questions, additions = [] }) => [
    ...questions.map(({ key }) => key),
    ...additions.flatMap(({ kind, questions: own }) => [kind, ...own.map(({ key }) => key)]),
  ]);
  return keys.filter(isReservedKey).map((key) => reservedIssue(reference?.source ?? name, key));
}

/**
 * All names that the pack shares with an earlier one, with both packs' names; empty if there are
 * none.
 */
export function collisionsOf(pack: Pack, before: readonly Pack[]): readonly Issue[] {
  const own = namesOf(pack);
  return before.flatMap((other) => {
    const taken = new Set(namesOf(other));
    const same = own.filter((name) => taken.has(name)).map((name) => collision(name, pack, other));
    return [...same, ...nested(pack, other)];
  });
}

/** In a template's view `note.x` is inside `note`, so one of the two would hide the other. */
function nested(pack: Pack, other: Pack): readonly Issue[] {
  return keysOf(pack).flatMap((key) =>
    keysOf(other)
      .filter((theirs) => theirs.startsWith(`${key}.`) || key.startsWith(`${theirs}.`))
      .map((theirs) => collision(`the prefix of "${key}" and "${theirs}"`, pack, other)),
  );
}

function keysOf({ generators }: Pack): readonly string[] {
  return generators.flatMap(({ questions }) => questions.map(({ key }) => key));
}

function namesOf(pack: Pack): readonly string[] {
  const generators = pack.generators;
  const questions = generators.flatMap((generator) => generator.questions);
  const flags = questions.flatMap((question) => [flagOf(question), ...(question.aliases ?? [])]);
  const names = [
    ...generators.map(({ id }) => `the generator "${id}"`),
    ...questions.map(({ key }) => `the question "${key}"`),
    ...flags.map((flag) => `the flag --${flag}`),
    ...generators.flatMap(({ presets = [] }) => presets.map(({ id }) => `the preset "${id}"`)),
    ...generators.flatMap(({ additions = [], features = [] }) =>
      [...additions, ...features].map(({ kind }) => `the addition "${kind}"`),
    ),
    ...Object.keys(pack.assets.helpers ?? {}).map((name) => `the helper "${name}"`),
  ];
  return [...new Set(names)];
}

function collision(name: string, pack: Pack, other: Pack): Issue {
  return {
    at: pack.reference?.source ?? pack.name,
    message: `${name} is in both packs, "${other.name}" and "${pack.name}"`,
    fix: 'Leave out one of the packs, or rename it in one of them.',
  };
}
