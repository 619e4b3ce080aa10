/** `create-hpserver pack new DIRECTORY`: by flags, or by the wizard at a terminal. */

import path from 'node:path';
import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { plural } from '../../console/text.ts';
import { occupant } from '../../disk/survey/snapshot.ts';
import { writeProject } from '../../disk/update/write-project.ts';
import { ExitCode, UserError } from '../../error.ts';
import { benchFor } from '../../pack/check/bench.ts';
import { updateGolden } from '../../pack/check/update-golden.ts';
import { kScaffoldQuestions } from '../../pack/scaffold/questions.ts';
import { type Beginning, scaffold } from '../../pack/scaffold/scaffold.ts';
import { catalogOf } from '../../plan/catalog.ts';
import { flagOf } from '../../spec/flag.ts';
import { type Parsed, parseAnswers } from '../../spec/parse/parse.ts';
import type { Answers, Values } from '../../spec/question.ts';
import { type Invocation, readInvocation } from '../command.ts';
import { cancelled } from '../create/cancelled.ts';
import { operandOf } from './on-bench.ts';
import type { PackEngine } from './pack-engine.ts';
import { packNewSyntax } from './syntax.ts';

const kCatalog = catalogOf([
  { id: 'pack', questions: kScaffoldQuestions, rules: [], files: () => [] },
]);

export async function packNew(host: Host, engine: PackEngine): Promise<ExitCode> {
  const invocation = readInvocation(host, packNewSyntax);
  if (invocation === null) return ExitCode.done;
  const directory = path.resolve(host.cwd, operandOf(invocation, packNewSyntax));
  const taken = await occupant(directory);
  if (taken !== null) throw new UserError(ExitCode.usage, [taken]);
  const beginning = await beginningOf(host, invocation, directory);
  const files = scaffold(beginning, engine.builtIn.version);
  await writeProject(directory, files);
  const { env } = host;
  const options = { ...engine, directory: host.cwd, env, isLook: false, always: false, ask: null };
  const cases = await updateGolden(await benchFor(directory, options));
  report(host, invocation, { directory, paths: files.map((file) => file.path), cases });
  return ExitCode.done;
}

interface Made {
  readonly directory: string;
  readonly paths: readonly string[];
  readonly cases: readonly string[];
}

function report(host: Host, { values }: Invocation, { directory, paths, cases }: Made): void {
  if (values.has('json')) {
    host.out.write(`${JSON.stringify({ directory, files: paths, cases })}\n`);
    return;
  }
  const place = path.relative(host.cwd, directory) || '.';
  const lines = [
    `Created a pack in ${place}: ${paths.length} files, ${plural(cases.length, 'test case')}.`,
    '',
    `  create-hpserver pack lint ${place}`,
    `  create-hpserver pack test ${place}`,
    `  create-hpserver my-server --pack ${place.startsWith('.') ? place : `./${place}`}`,
  ];
  host.out.write(`${lines.join('\n')}\n`);
}

/**
 * The answers a new pack starts from. Errors: `UserError`: usage for an impossible request,
 * cancelled for Ctrl-C.
 */
async function beginningOf(
  host: Host,
  { values }: Invocation,
  directory: string,
): Promise<Beginning> {
  const flags = kScaffoldQuestions.flatMap((question) => {
    const value = values.get(flagOf(question));
    return value === undefined ? [] : [[question.key, value] as const];
  });
  const answers: Answers = { name: path.basename(directory), ...Object.fromEntries(flags) };
  const said = parsed(answers);
  const isAsked = host.interactive && !values.has('json') && flags.length < 4;
  return beginningFrom(isAsked ? await interviewed(host, said, Object.keys(answers)) : said);
}

/** Errors: `UserError` (usage). */
function parsed(answers: Answers): Values {
  const read = parse(answers);
  if (!read.ok) throw new UserError(ExitCode.usage, read.issues);
  return read.spec.values;
}

function parse(answers: Answers): Parsed {
  return parseAnswers(answers, kCatalog);
}

async function interviewed(host: Host, said: Values, keys: readonly string[]): Promise<Values> {
  const { interview } = await import('../../interview/interview.ts');
  const { terminalPrompter } = await import('../../wizard/terminal.ts');
  const tradeoff = 'Write the pack and its expected test output.';
  const decision = await interview({
    catalog: kCatalog,
    parse,
    prompter: terminalPrompter(paintFor(host, host.out)),
    given: Object.fromEntries(Object.entries(said).filter(([key]) => keys.includes(key))),
    settled: true,
    endings: [{ value: 'write', label: 'Create the pack', tradeoff, refused: null }],
    object: async () => null,
  });
  if (decision === null) throw cancelled();
  return parsed(decision.answers);
}

/** The questions are always asked, so each has its answer. */
function beginningFrom(values: Values): Beginning {
  const text = (key: string) => String(values[key]);
  return {
    name: text('name'),
    languages: text('languages') as Beginning['languages'],
    question: text('question'),
    file: text('file'),
    addition: text('addition'),
  };
}
