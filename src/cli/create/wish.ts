/** What the user asked for, as far as the command line and the files it names tell. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from '../../console/host.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { Catalog } from '../../plan/catalog.ts';
import { applies } from '../../spec/condition.ts';
import type { DraftExtras } from '../../spec/draft.ts';
import { flagOf } from '../../spec/flag.ts';
import type { Answers, Question } from '../../spec/question.ts';
import type { PackReference } from '../../spec/spec.ts';
import { slugOf } from '../../spec/words/slug.ts';
import { isCommand } from '../commands.ts';
import { type FlagValue, type ParsedArguments, usage } from '../flags.ts';
import { gatherAnswers } from './answers.ts';
import { nameFrom, standingProject } from './directory.ts';
import { questionFlag } from './flags/question-flags.ts';

export interface Wish {
  /** Absolute; null while neither DIRECTORY nor a name is given. */
  readonly directory: string | null;
  readonly answers: Answers;
  /** What a file of answers holds besides the answers. */
  readonly extras: DraftExtras;
  /** What is wrong with the form of the command line; the parser checks its meaning. */
  readonly issues: readonly Issue[];
  /** False if a source of answers could not be read: then no answer can be called missing. */
  readonly complete: boolean;
}

export async function readWish(
  catalog: Catalog,
  parsed: ParsedArguments,
  host: Host,
  packs: readonly PackReference[],
): Promise<Wish> {
  const file = await readAnswersFile(parsed.values.get('answers'), host);
  const gathered = gatherAnswers(catalog, parsed.values, file.text);
  const [typed, ...excess] = parsed.operands;
  const place = directoryFor(typed, gathered.answers, host.cwd);
  return {
    directory: place.directory,
    answers: place.answers,
    extras: { ...gathered.extras, packs: packs.map((pack) => ({ ...pack })) },
    complete: file.issues.length === 0 && gathered.issues.length === 0,
    issues: [
      ...parsed.issues,
      ...excess.map(tooMuch),
      ...file.issues,
      ...gathered.issues,
      ...absent(gathered.extras.packs, packs),
      ...place.issues,
    ],
  };
}

/** The questions that only the user can answer and that no flag, file or preset has answered. */
export function missingAnswers(catalog: Catalog, answers: Answers): readonly Question[] {
  return catalog.questions.filter(
    (question) =>
      question.depth === 'basic' &&
      !(question.kind === 'choice' && question.choices.length === 1) &&
      answers[question.key] === undefined &&
      applies(question, answers),
  );
}

/** One issue for all missing answers, with the exact flags that give them. */
export function missingIssue(questions: readonly Question[]): Issue {
  const isName = (question: Question) => question.key === 'name';
  const names = questions.map((question) =>
    isName(question) ? 'DIRECTORY' : `--${flagOf(question)}`,
  );
  const words = questions.map((question) =>
    isName(question) ? 'my-server' : usage(questionFlag(question)),
  );
  return {
    at: names.join(', '),
    message: 'these answers are missing, and there is no terminal to ask for them',
    fix: `Add ${words.join(' ')}, or --yes to accept the defaults.`,
  };
}

export async function readAnswersFile(
  given: FlagValue | undefined,
  host: Host,
): Promise<{ readonly text: string | null; readonly issues: readonly Issue[] }> {
  if (typeof given !== 'string') return { text: null, issues: [] };
  try {
    const text =
      given === '-'
        ? await host.readStdin()
        : await readFile(path.resolve(host.cwd, given), 'utf8');
    return { text, issues: [] };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const message = `cannot read ${given} (${code})`;
    const fix = 'Give the path of a JSON file, or - for standard input.';
    return { text: null, issues: [{ at: '--answers', message, fix }] };
  }
}

/**
 * Another project's configuration refers to packs relative to that project, so the user must name
 * them again.
 */
function absent(wanted: readonly Answers[], given: readonly PackReference[]): readonly Issue[] {
  return wanted
    .filter(({ name }) => given.every((pack) => pack.name !== name))
    .map(({ name, source }) => ({
      at: '--answers',
      message: `these answers come from a project that uses the pack ${name}`,
      fix: `Add --pack ${source}, with its path as seen from here.`,
    }));
}

function directoryFor(
  typed: string | undefined,
  answers: Answers,
  cwd: string,
): Omit<Wish, 'complete' | 'extras'> {
  if (typed === undefined) {
    const { name } = answers;
    return placed(typeof name === 'string' ? path.resolve(cwd, name) : null, answers, cwd);
  }
  const issue = commandInstead(typed);
  if (issue !== null) return { directory: null, answers, issues: [issue] };
  const name = answers.name ?? nameFrom(typed, cwd);
  return placed(path.resolve(cwd, typed), { ...answers, name }, cwd);
}

function placed(directory: string | null, answers: Answers, cwd: string) {
  const taken = directory === null ? null : standingProject(directory, cwd);
  return { directory, answers, issues: taken === null ? [] : [taken] };
}

function commandInstead(typed: string): Issue | null {
  if (!isCommand(typed)) return null;
  return {
    at: typed,
    message: `"${typed}" is a command, and commands must come first`,
    fix: `Run create-hpserver ${typed} …, or use ./${typed} for a directory of that name.`,
  };
}

function tooMuch(operand: string): Issue {
  return {
    at: operand,
    message: `unexpected argument "${operand}": only one DIRECTORY is allowed`,
    fix: 'Leave it out, or put the flag it belongs to before it.',
  };
}

/** If the bad name comes from DIRECTORY, suggests another name for the same directory. */
export function namedApart(issue: Issue, { directory, answers }: Wish): Issue {
  const { name } = answers;
  if (issue.at !== 'name' || directory === null || path.basename(directory) !== name) return issue;
  const own = slugOf(name) ?? 'my-server';
  const fix = `${issue.fix} To keep the directory ${directory}, add --name ${own}.`;
  return { ...issue, fix };
}

/** Throws all problems together; returns if there are none. */
export function refuseIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new UserError(ExitCode.usage, issues);
}
