/** `create-hpserver add KIND NAME`: more of the same project, through the same flow. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor } from '../../console/paint.ts';
import { projectAround } from '../../disk/state.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { Engine } from '../../project.ts';
import type { AdditionKind } from '../../spec/addition.ts';
import { flagOf } from '../../spec/flag.ts';
import { nearest } from '../../spec/nearest.ts';
import { misfitOf } from '../../spec/parse-extras.ts';
import type { Answers, Question, Values } from '../../spec/question.ts';
import { asksForHelp, type CommandSyntax, readInvocation } from '../command.ts';
import { questionFlag } from '../create/question-flags.ts';
import { type Flag, type FlagValue, usage } from '../flags.ts';
import { earlyFlags, kPackFlags, sourcesIn } from '../packs.ts';
import { section } from '../section.ts';
import { type OpenProject, toWrite } from './open.ts';
import { kDirectoryFlag, kRevisingFlags } from './project-flags.ts';
import { revise } from './revise.ts';
import { revisedDraft } from './wish.ts';

const kProgram = 'create-hpserver add';

export function addSyntax(kind: AdditionKind): CommandSyntax {
  const [first] = kind.questions;
  return {
    program: `${kProgram} ${kind.kind}`,
    operand: first === undefined ? '' : first.title.toUpperCase(),
    summary: `Adds ${kind.title}. ${kind.help}`,
    flags: [...kind.questions.map(questionFlag), ...kRevisingFlags, ...kPackFlags],
  };
}

export async function add(host: Host, engine: Engine): Promise<ExitCode> {
  const [word, ...rest] = host.args;
  const isOpen = word === undefined || word.startsWith('-');
  const flags = earlyFlags(host, [kDirectoryFlag], kProgram);
  // Which kinds there are is the project's matter: its packs bring some.
  const isMeant = flags.has('directory') || sourcesIn(flags).length > 0;
  const isWithin = isMeant || projectAround(host.cwd) !== null;
  if (isOpen && !isWithin) return listKinds(host, engine);
  return toWrite(host, { flags, program: kProgram }, async (project) =>
    isOpen ? listKinds(host, project.engine) : added(host, project, word, rest),
  );
}

function listKinds(host: Host, { catalog }: Engine): ExitCode {
  host.out.write(kindsHelp(paintFor(host, host.out), catalog, host.out.columns));
  return asksForHelp(host) ? ExitCode.done : ExitCode.usage;
}

async function added(
  host: Host,
  project: OpenProject,
  word: string,
  rest: readonly string[],
): Promise<ExitCode> {
  const kind = kindNamed(project.engine, word);
  const invocation = readInvocation({ ...host, args: rest }, addSyntax(kind));
  if (invocation === null) return ExitCode.done;
  const { values: flags, operand } = invocation;
  const answers = await answersOf(host, kind, answered(kind, flags, operand));
  const draft = revisedDraft(project, {});
  refuseMisfit(kind, draft.answers as Values);
  const additions = [...draft.additions, { kind: kind.kind, ...answers }];
  return revise(host, project, { draft: { ...draft, additions }, restore: [], flags });
}

function kindNamed({ catalog }: Engine, word: string): AdditionKind {
  const kinds = catalog.additions;
  const kind = kinds.find((each) => each.kind === word);
  if (kind !== undefined) return kind;
  const words = kinds.map((each) => each.kind);
  const meant = nearest(word, words);
  const fix = meant === null ? `one can add: ${words.join(', ')}` : `did you mean ${meant}?`;
  const message = `nothing of the kind "${word}" can be added`;
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

/** At a terminal what is not said is asked; elsewhere only the name has no default. */
async function answersOf(host: Host, kind: AdditionKind, said: Answers): Promise<Answers> {
  const [first] = kind.questions;
  if (first === undefined || said[first.key] !== undefined) return said;
  if (!host.interactive || host.args.includes('--json')) throw noName(kind, first);
  const { askAddition } = await import('./ask-addition.ts');
  return askAddition(host, kind, said);
}

function noName(kind: AdditionKind, first: Question): UserError {
  const issue: Issue = {
    at: first.title.toUpperCase(),
    message: `the ${kind.kind} has no ${first.key}: ${first.help}`,
    fix: `write ${kProgram} ${kind.kind} ${first.title.toUpperCase()} ${flagsOf(kind)}`.trim(),
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

function refuseMisfit(kind: AdditionKind, project: Values): void {
  const misfit = misfitOf(kind, project);
  if (misfit !== null) throw new UserError(ExitCode.usage, [misfit]);
}

function kindsHelp(paint: Paint, catalog: Engine['catalog'], width: number): string {
  const rows = catalog.additions.map(({ kind, title }) => [kind, title] as const);
  const lines = [
    paint.bold(`${kProgram} KIND [NAME] [flags]`),
    'Adds to a project, and remembers it in hpserver.json: regenerating keeps it.',
    '',
    ...(rows.length === 0 ? [] : section(paint, 'Kinds', rows, width)),
    `What a kind asks: ${kProgram} KIND --help`,
  ];
  return `${lines.join('\n')}\n`;
}
