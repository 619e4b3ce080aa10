/** `create-hpserver add KIND NAME`: extends an existing project, through the same flow. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor } from '../../console/paint.ts';
import { readRecord } from '../../disk/record/state.ts';
import { snapshot } from '../../disk/survey/snapshot.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { Engine } from '../../project.ts';
import type { AdditionKind } from '../../spec/addition.ts';
import type { Draft } from '../../spec/draft.ts';
import { type Feature, isFeature } from '../../spec/feature.ts';
import { flagOf } from '../../spec/flag.ts';
import { misfitOf } from '../../spec/parse/parse-extras.ts';
import type { Answers, Question, Values } from '../../spec/question.ts';
import { nearest } from '../../spec/words/nearest.ts';
import { asksForHelp, type CommandSyntax, readInvocation } from '../command.ts';
import { questionFlag } from '../create/flags/question-flags.ts';
import { type Flag, type FlagValue, usage } from '../flags.ts';
import { showWarnings } from '../issues.ts';
import { earlyFlags, kPackFlags } from '../packs.ts';
import { section } from '../section.ts';
import { addFeature, addFeatureSyntax } from './add-feature.ts';
import { engineHere } from './opening/engine-here.ts';
import { type OpenProject, toWrite } from './opening/open.ts';
import { planned } from './opening/planned.ts';
import { revisedDraft } from './opening/wish.ts';
import { kDirectoryFlag, kRevisingFlags } from './project-flags.ts';
import { isWritten } from './report.ts';
import { revise } from './revise.ts';

const kProgram = 'create-hpserver add';

export function addSyntax(kind: AdditionKind): CommandSyntax {
  const [first] = kind.questions;
  return {
    program: `${kProgram} ${kind.kind}`,
    operand: first === undefined ? '' : first.title.toUpperCase(),
    summary: `Adds ${kind.title}. ${kind.help}`,
    flags: [...kind.questions.map(additionFlag), ...kRevisingFlags, ...kPackFlags],
  };
}

/** The titles are single words; the help says what they mean. */
function additionFlag(question: Question): Flag {
  return { ...questionFlag(question), help: question.help };
}

export async function add(host: Host): Promise<ExitCode> {
  const [first, ...rest] = host.args;
  const word = first?.startsWith('-') ? undefined : first;
  if (asksForHelp(host)) return help(host, word);
  const flags = earlyFlags(host, [kDirectoryFlag], kProgram);
  // The kinds depend on the project: its packs bring some.
  return toWrite(host, { flags, program: kProgram }, async (project) => {
    const isAsked = word === undefined && host.interactive && !flags.has('json');
    const kind = isAsked ? await askedKind(host, project) : kindNamed(project.engine, word);
    const args = word === undefined ? host.args : rest;
    return isFeature(kind)
      ? addFeature({ ...host, args }, project, kind)
      : added(host, project, kind, args);
  });
}

async function help(host: Host, word: string | undefined): Promise<ExitCode> {
  const engine = await engineHere(host, kProgram);
  if (word !== undefined) readInvocation(host, syntaxOf(engine, kindNamed(engine, word)));
  else host.out.write(kindsHelp(paintFor(host, host.out), engine.catalog, host.out.columns));
  return ExitCode.done;
}

function syntaxOf({ catalog }: Engine, kind: AdditionKind | Feature): CommandSyntax {
  return isFeature(kind) ? addFeatureSyntax(kind, catalog) : addSyntax(kind);
}

async function askedKind(host: Host, project: OpenProject): Promise<AdditionKind | Feature> {
  const { askKind } = await import('./ask/ask-addition.ts');
  const answers = revisedDraft(project, {}).answers as Values;
  const { additions, features } = project.engine.catalog;
  const missing = features.filter(({ question, off }) => (answers[question] ?? off) === off);
  return askKind(host, [...additions, ...missing], answers);
}

async function added(
  host: Host,
  project: OpenProject,
  kind: AdditionKind,
  rest: readonly string[],
): Promise<ExitCode> {
  const invocation = readInvocation({ ...host, args: rest }, addSyntax(kind));
  if (invocation === null) return ExitCode.done;
  const { values: flags, operand } = invocation;
  const answers = await answersOf(host, kind, answered(kind, flags, operand));
  const draft = revisedDraft(project, {});
  refuseMisfit(kind, draft.answers as Values);
  const additions = [...draft.additions, { kind: kind.kind, ...answers }];
  const spoken = asTyped(kind, `additions[${draft.additions.length}]`);
  refuseInTheWay(project, kind, answers);
  const next = kind.next?.(answers as Values, draft.answers as Values);
  const revision = {
    draft: { ...draft, additions },
    restore: [],
    flags,
    ...(next === undefined ? {} : { next }),
  };
  const exitCode = await revise(host, project, revision).catch((thrown) => {
    if (!(thrown instanceof UserError)) throw thrown;
    throw new UserError(thrown.exitCode, thrown.issues.map(spoken), { cause: thrown });
  });
  if (!flags.has('dry-run')) await warnOfUnsteady(host, project, revision.draft);
  return exitCode;
}

/**
 * Warns about pack code whose output depends on the time, random numbers or the network: every
 * update would change its files.
 */
async function warnOfUnsteady(host: Host, project: OpenProject, draft: Draft): Promise<void> {
  if (project.engine.packs.every(({ rework }) => rework === undefined)) return;
  // The record of what this run has just written.
  const written = readRecord(project.directory)?.written ?? project.written;
  const { preview } = await planned({ ...project, written }, draft);
  const warnings = preview.changes.filter(isWritten).map(({ path }) => ({
    at: path,
    message:
      'a plopfile action writes something different each time, so every regenerate will change ' +
      'this file',
    fix: 'Make its actions independent of the time, random numbers and the network.',
  }));
  host.err.write(showWarnings(paintFor(host, host.err), warnings));
}

/** Reports a problem of the new entry under the flag it was typed with. */
function asTyped({ questions }: AdditionKind, entry: string): (issue: Issue) => Issue {
  const flags = questions.map((question, at) => {
    const flag = at === 0 ? question.title.toUpperCase() : `--${flagOf(question)}`;
    return [`${entry}.${question.key}`, flag] as const;
  });
  const names = new Map<string, string>(flags);
  return (issue) => ({ ...issue, at: names.get(issue.at) ?? issue.at });
}

/** Errors: `UserError` (usage) if there is no such kind. */
function kindNamed({ catalog }: Engine, word: string | undefined): AdditionKind | Feature {
  const kinds = [...catalog.additions, ...catalog.features];
  const kind = kinds.find((each) => each.kind === word);
  if (kind !== undefined) return kind;
  const words = kinds.map((each) => each.kind);
  const meant = word === undefined ? null : nearest(word, words);
  const fix = meant === null ? `Choose one of: ${words.join(', ')}.` : `Did you mean ${meant}?`;
  const message =
    word === undefined
      ? 'you did not say what to add'
      : `cannot add "${word}": there is no such kind`;
  throw new UserError(ExitCode.usage, [{ at: 'add', message, fix }]);
}

function answered(
  { questions }: AdditionKind,
  flags: ReadonlyMap<string, FlagValue>,
  operand: string | undefined,
): Answers {
  const [first] = questions;
  const named = first === undefined || operand === undefined ? {} : { [first.key]: operand };
  const said = questions.flatMap((question) => {
    const value = flags.get(flagOf(question));
    return value === undefined ? [] : [[question.key, value] as const];
  });
  return { ...Object.fromEntries(said), ...named };
}

/**
 * If the name is missing, asks the user at a terminal, and fails elsewhere. All other answers have
 * defaults.
 */
async function answersOf(host: Host, kind: AdditionKind, said: Answers): Promise<Answers> {
  const [first] = kind.questions;
  if (first === undefined || said[first.key] !== undefined) return said;
  if (!host.interactive || host.args.includes('--json')) throw noName(kind, first);
  const { askAddition } = await import('./ask/ask-addition.ts');
  return askAddition(host, kind, said);
}

function noName(kind: AdditionKind, first: Question): UserError {
  const issue: Issue = {
    at: first.title.toUpperCase(),
    message: `add ${kind.kind} needs a ${first.title.toUpperCase()}: ${first.help}`,
    fix: `Run ${kProgram} ${kind.kind} ${first.title.toUpperCase()} ${flagsOf(kind)}`.trim(),
  };
  return new UserError(ExitCode.usage, [issue]);
}

function flagsOf({ questions }: AdditionKind): string {
  return questions
    .slice(1)
    .map((question): Flag => questionFlag(question))
    .map((flag) => `[${usage(flag)}]`)
    .join(' ');
}

function refuseInTheWay(
  { directory, draft }: OpenProject,
  { questions, inTheWay }: AdditionKind,
  answers: Answers,
): void {
  const defaults = Object.fromEntries(
    questions.map((question) => [question.key, question.default]),
  );
  // Reading a pipe would block, and a huge file isn't text.
  const read = (path: string): string | null => snapshot(directory, [path]).get(path)?.text ?? null;
  const issue = inTheWay?.({ ...defaults, ...answers } as Values, draft.answers as Values, read);
  if (issue) throw new UserError(ExitCode.usage, [issue]);
}

function refuseMisfit(kind: AdditionKind, project: Values): void {
  const misfit = misfitOf(kind, project);
  if (misfit !== null) throw new UserError(ExitCode.usage, [misfit]);
}

function kindsHelp(paint: Paint, catalog: Engine['catalog'], width: number): string {
  const rows = [...catalog.additions, ...catalog.features].map(
    ({ kind, title }) => [kind, title] as const,
  );
  const lines = [
    paint.bold(`${kProgram} KIND [NAME] [flags]`),
    'Adds a part to a project and records it in hpserver.json, so regenerating keeps it.',
    '',
    ...(rows.length === 0 ? [] : section(paint, 'Kinds', rows, width)),
    `For the flags of a kind: ${kProgram} KIND --help`,
  ];
  return `${lines.join('\n')}\n`;
}
