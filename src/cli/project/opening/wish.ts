/** What the user now wants of a project: the command line, on top of the project's file. */

import type { Host } from '../../../console/host.ts';
import type { Issue } from '../../../error.ts';
import { inText, isSameValue } from '../../../spec/choices.ts';
import { holds } from '../../../spec/condition.ts';
import type { Draft } from '../../../spec/draft.ts';
import { followersOf } from '../../../spec/followers.ts';
import { answersOver } from '../../../spec/preset.ts';
import type { Answers, Value, Values } from '../../../spec/question.ts';
import type { Rule } from '../../../spec/rule.ts';
import type { Spec } from '../../../spec/spec.ts';
import { gatherAnswers } from '../../create/answers.ts';
import { readAnswersFile } from '../../create/wish.ts';
import type { FlagValue } from '../../flags.ts';
import type { OpenProject } from './open.ts';

export interface Said {
  readonly answers: Answers;
  readonly issues: readonly Issue[];
}

/** The answers from flags, `--set`, `--answers` and `--preset`, in this order of precedence. */
export async function saidBy(
  host: Host,
  { engine }: OpenProject,
  flags: ReadonlyMap<string, FlagValue>,
): Promise<Said> {
  const file = await readAnswersFile(flags.get('answers'), host);
  const gathered = gatherAnswers(engine.catalog, flags, file.text);
  return { answers: gathered.answers, issues: [...file.issues, ...gathered.issues] };
}

/**
 * The configuration with the new answers and with the user's edits to the project's file. Earlier
 * answers that no longer fit these are dropped, as if never given.
 */
export function revisedDraft({ engine, draft, base }: OpenProject, said: Answers): Draft {
  const stated = { ...editsOf(draft.answers, base.answers), ...said };
  const followers = followersOf(base.answers as Values, stated, engine.catalog);
  const kept = Object.entries(draft.answers).filter(([key]) => !followers.has(key));
  const earlier = stillUnwarned(Object.fromEntries(kept), stated, engine.catalog.rules);
  return { ...draft, answers: answersOver(stated, earlier, engine.catalog) };
}

/** Drops earlier answers if combining them with the new answers would cause a warning. */
function stillUnwarned(earlier: Answers, stated: Answers, rules: readonly Rule[]): Answers {
  const warns = rules.filter(
    ({ status, when }) =>
      status === 'warn' && holds(when, { ...earlier, ...stated }) && !holds(when, earlier),
  );
  const kept = Object.entries(earlier).filter(([key]) => !warns.some(({ when }) => key in when));
  return Object.fromEntries(kept);
}

/** The answers the user has edited in the file since it was written. */
function editsOf(answers: Answers, base: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([key, value]) => !isSameValue(base[key], value)),
  );
}

function packDifferences(before: Draft, { packs }: Spec): readonly string[] {
  const old = new Map(before.packs.map(({ name, version }) => [String(name), String(version)]));
  const present = new Set(packs.map(({ name }) => name));
  return [
    ...packs.flatMap(({ name, version }) => {
      const known = old.get(name);
      return known === version ? [] : [`pack ${name}: ${known ?? '–'} → ${version}`];
    }),
    ...[...old].flatMap(([name, version]) =>
      present.has(name) ? [] : [`pack ${name}: ${version} → –`],
    ),
  ];
}

function spelled(answer: unknown): string {
  return answer === undefined ? '–' : inText(answer as Value);
}

/** `io.model: epoll → io_uring`, a line for each answer and each addition that differs. */
export function differences(before: Draft, spec: Spec): readonly string[] {
  const keys = [...new Set([...Object.keys(before.answers), ...Object.keys(spec.values)])].sort();
  const changed = keys.flatMap((key) => {
    const [old, now] = [before.answers[key], spec.values[key]];
    return isSameValue(old, now) ? [] : [`${key}: ${spelled(old)} → ${spelled(now)}`];
  });
  // An addition without a name is identified by its first text: a deployment's target, for example.
  const names = (values: Answers) =>
    Object.values(values).find((value) => typeof value === 'string') ?? '';
  const had = before.additions.map(({ kind, name, ...rest }) => `${kind} ${name ?? names(rest)}`);
  const has = spec.additions.map(({ kind, values }) => {
    const { name, ...rest } = values;
    return `${kind} ${name ?? names(rest)}`;
  });
  return [
    ...changed,
    ...packDifferences(before, spec),
    ...has.filter((word) => !had.includes(word)).map((word) => `add ${word}`),
    ...had.filter((word) => !has.includes(word)).map((word) => `remove ${word}`),
  ];
}
