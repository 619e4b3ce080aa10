/** A draft's additions, packs and owners → the same, validated: every problem at once. */

import type { Issue } from '../../error.ts';
import type { Addition, AdditionKind } from '../addition.ts';
import { holds, inWords } from '../condition.ts';
import type { DraftExtras } from '../draft.ts';
import { globFault, kOwners, type Owner } from '../owner.ts';
import type { Answers, Values } from '../question.ts';
import type { Extras } from '../spec.ts';
import { nearest } from '../words/nearest.ts';
import { parsePacks } from './parse-packs.ts';
import { valuesOf } from './parse-values.ts';

export interface ParsedExtras extends Extras {
  readonly issues: readonly Issue[];
}

/** `values`: the project's answers, since a project may rule out some kinds of additions. */
export function parseExtras(
  draft: DraftExtras,
  kinds: readonly AdditionKind[],
  values: Values,
): ParsedExtras {
  const issues: Issue[] = [];
  const additions = draft.additions.flatMap((raw, at) => {
    const read = additionOf(raw, `additions[${at}]`, kinds, values);
    issues.push(...read.issues);
    return read.addition === null ? [] : [read.addition];
  });
  issues.push(...twins(additions, kinds));
  const { packs, issues: packIssues } = parsePacks(draft.packs);
  issues.push(...packIssues);
  const owners = Object.entries(draft.owners).flatMap(([glob, raw]) => {
    const owner = kOwners.find((each) => each === raw);
    const fault = globFault(glob);
    if (fault !== null) issues.push(noGlob(glob, fault));
    if (owner === undefined) issues.push(noOwner(glob, raw));
    return owner === undefined ? [] : [[glob, owner] as const];
  });
  return { additions, packs, owners: Object.fromEntries(owners) as Record<string, Owner>, issues };
}

interface ReadAddition {
  readonly addition: Addition | null;
  readonly issues: readonly Issue[];
}

function additionOf(
  raw: Answers,
  at: string,
  kinds: readonly AdditionKind[],
  project: Values,
): ReadAddition {
  const { kind: name, ...answers } = raw;
  const kind = kinds.find((each) => each.kind === name);
  if (kind === undefined) return { addition: null, issues: [unknownKind(name, at, kinds)] };
  const misfit = misfitOf(kind, project);
  const { values, issues } = valuesOf(answers, { questions: kind.questions, rules: [] });
  const placed = issues.map((issue) => ({ ...issue, at: `${at}.${issue.at}` }));
  const unnamed = nameIssue(kind, answers, at);
  const all = [...(misfit === null ? [] : [{ ...misfit, at }]), ...unnamed, ...placed];
  return all.length > 0
    ? { addition: null, issues: all }
    : { addition: { kind: kind.kind, values }, issues: [] };
}

/** Why this kind can't be added to a project with these answers; null if it can. */
export function misfitOf({ kind, when, whyNot }: AdditionKind, project: Values): Issue | null {
  if (when === undefined || holds(when, project)) return null;
  return {
    at: kind,
    message: `cannot add a ${kind} here: ${whyNot ?? `it needs ${inWords(when)}`}`,
    fix: `Remove it, or change the project so that ${inWords(when)}.`,
  };
}

/**
 * An addition needs an answer to its first question: that is its name, so a default would not do.
 */
function nameIssue({ kind, questions }: AdditionKind, answers: Answers, at: string): Issue[] {
  const [first] = questions;
  if (first === undefined || answers[first.key] !== undefined) return [];
  const message = `the ${kind} needs a "${first.key}"`;
  return [{ at, message, fix: `Give it one: ${first.help}` }];
}

function twins(additions: readonly Addition[], kinds: readonly AdditionKind[]): readonly Issue[] {
  const seen = new Set<string>();
  return additions.flatMap(({ kind, values }) => {
    const key = kinds.find((each) => each.kind === kind)?.questions[0]?.key;
    const name = key === undefined ? '' : String(values[key]);
    const isTwin = seen.has(`${kind} ${name}`);
    seen.add(`${kind} ${name}`);
    const message = `${kind} "${name}" already exists`;
    const fix = `Choose another ${key}, or change the entry in hpserver.json.`;
    return isTwin ? [{ at: 'additions', message, fix }] : [];
  });
}

function unknownKind(name: unknown, at: string, kinds: readonly AdditionKind[]): Issue {
  const words = kinds.map(({ kind }) => kind);
  const meant = typeof name === 'string' ? nearest(name, words) : null;
  const fix = meant === null ? `Choose one of: ${words.join(', ')}.` : `Did you mean "${meant}"?`;
  return { at, message: `cannot add ${JSON.stringify(name)}: there is no such kind`, fix };
}

function noGlob(glob: string, fault: string): Issue {
  const fix = 'Name folders, or write several simpler globs.';
  return { at: 'owners', message: `the glob ${JSON.stringify(glob)} ${fault}`, fix };
}

function noOwner(glob: string, raw: unknown): Issue {
  const message = `${JSON.stringify(raw)} is not a kind of owner`;
  return { at: `owners["${glob}"]`, message, fix: `Choose one of: ${kOwners.join(', ')}.` };
}
