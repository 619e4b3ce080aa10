/**
 * `create-hpserver explain [KEY[=VALUE]]`: what it is, when to choose it, its flow, what it
 * excludes.
 */

import type { Host } from '../console/host.ts';
import { type Paint, paintFor, spell } from '../console/paint.ts';
import { columns, indent, wrap } from '../console/text.ts';
import { ExitCode, UserError } from '../error.ts';
import type { Catalog } from '../plan/catalog.ts';
import type { FlowStep } from '../plan/generator.ts';
import { inWords } from '../spec/condition.ts';
import { flagOf } from '../spec/flag.ts';
import { nearest } from '../spec/nearest.ts';
import type { Choice, Condition, Question } from '../spec/question.ts';
import { type CommandSyntax, readInvocation } from './command.ts';
import { kPackFlags } from './packs.ts';
import { engineHere } from './project/engine-here.ts';
import { kDirectoryFlag } from './project/project-flags.ts';

export const explainSyntax: CommandSyntax = {
  program: 'create-hpserver explain',
  operand: '[KEY[=VALUE]]',
  summary: 'What a question or a choice is, when to take it, and what it excludes.',
  flags: [kDirectoryFlag, ...kPackFlags],
};

const kMaxWidth = 92;

function widthFor({ columns: room }: Paint): number {
  return Math.min(kMaxWidth, room);
}

export async function explain(host: Host): Promise<ExitCode> {
  const invocation = readInvocation(host, explainSyntax);
  if (invocation === null) return ExitCode.done;
  const { catalog } = await engineHere(host, explainSyntax.program);
  const paint = paintFor(host, host.out);
  host.out.write(spell(paint, explanation(paint, catalog, invocation.operand)));
  return ExitCode.done;
}

function explanation(paint: Paint, catalog: Catalog, operand: string | undefined): string {
  if (operand === undefined) return overview(paint, catalog);
  const [name = '', value] = operand.split(/=(.*)/s);
  const question = questionNamed(catalog, name);
  return value === undefined
    ? questionPage(paint, catalog, question)
    : choicePage(paint, catalog, question, choiceNamed(question, value));
}

function overview(paint: Paint, { questions }: Catalog): string {
  const rows = columns(questions.map(({ key, title, help }) => [`  ${key}`, title, help]));
  const example = '  create-hpserver explain io.model=epoll';
  return `${paint.bold('Questions')}\n${rows.join('\n')}\n\n${paint.bold('Example')}\n${example}\n`;
}

function questionPage(paint: Paint, catalog: Catalog, question: Question): string {
  const names = [flagOf(question), ...(question.aliases ?? [])].map((name) => `--${name}`);
  const when = question.when === undefined ? [] : [`Asked only where ${inWords(question.when)}.`];
  const choices = question.kind === 'choice' ? choiceLines(question.choices) : [];
  return [
    `${paint.bold(question.title)}  ${question.key}  ${names.join(' ')}`,
    ...wrap(question.help, widthFor(paint)),
    ...when.flatMap((line) => wrap(line, widthFor(paint))),
    `Default: ${question.default}`,
    ...(question.explanation === undefined
      ? []
      : ['', ...wrap(question.explanation, widthFor(paint))]),
    ...(choices.length === 0 ? [] : ['', paint.bold('Choices'), ...choices]),
    ...exclusions(paint, catalog, question.key, null),
    '',
  ].join('\n');
}

function choiceLines(choices: readonly Choice[]): readonly string[] {
  return columns(choices.map(({ value, tradeoff }) => [`  ${value}`, tradeoff]));
}

function choicePage(paint: Paint, catalog: Catalog, question: Question, choice: Choice): string {
  const { label, value, tradeoff } = choice;
  const flow = typicalFlow(catalog, question.key, value);
  return [
    `${paint.bold(label)}  ${question.key}=${value}  --${flagOf(question)} ${value}`,
    ...wrap(tradeoff, widthFor(paint)),
    // Packs need not say more than the one sentence.
    ...(choice.explanation === tradeoff ? [] : ['', ...wrap(choice.explanation, widthFor(paint))]),
    ...(flow === null ? [] : ['', paint.bold(`Five steps, ${flow.of}`), ...flowLines(flow.steps)]),
    ...exclusions(paint, catalog, question.key, value),
    '',
  ].join('\n');
}

function flowLines(steps: readonly FlowStep[]): readonly string[] {
  return columns(steps.map(({ step, executor, call }) => [`  ${step}`, executor, call]));
}

/** The flow of that choice in the architecture that has most defaults beside it. */
function typicalFlow(catalog: Catalog, key: string, value: string) {
  const defaults = new Map(catalog.questions.map((question) => [question.key, question.default]));
  const candidates = catalog
    .architectures()
    .filter(({ values }) => values[key] === value)
    .map(({ values }) => ({
      values,
      likeness: Object.entries(values).filter(([name, own]) => defaults.get(name) === own).length,
    }))
    .sort((a, b) => b.likeness - a.likeness);
  for (const { values } of candidates) {
    const steps = catalog.flow(values);
    const others = Object.entries(values).filter(([name]) => name !== key);
    if (steps !== null) return { steps, of: `with ${others.map(([, own]) => own).join(', ')}` };
  }
  return null;
}

/** The rules that speak of this key, or of this one value of it. */
function exclusions(
  paint: Paint,
  { rules }: Catalog,
  key: string,
  value: string | null,
): readonly string[] {
  const concerned = rules.filter(({ when }) =>
    value === null ? key in when : when[key]?.includes(value),
  );
  if (concerned.length === 0) return [];
  const words = { refused: 'excludes', warn: 'warns' } as const;
  const lines = concerned.flatMap(({ status, when, message, fix }) => {
    const { [key]: own, ...others } = when;
    const partner: Condition = value === null && own !== undefined ? when : others;
    const place = Object.keys(partner).length === 0 ? '' : ` where ${inWords(partner)}`;
    const said = wrap(`${message}. ${fix}`, widthFor(paint) - 4).join('\n');
    return [`  ${words[status]}${place}`, indent(said, 4)];
  });
  return ['', paint.bold('What it excludes, and why'), ...lines];
}

/** By key, flag or alias. Errors: `UserError` (usage). */
function questionNamed({ questions }: Catalog, name: string): Question {
  const names = (question: Question) => [
    question.key,
    flagOf(question),
    ...(question.aliases ?? []),
  ];
  const found = questions.find((question) => names(question).includes(name));
  if (found !== undefined) return found;
  throw unknown(
    name,
    'question',
    questions.flatMap(names),
    questions.map(({ key }) => key),
  );
}

function choiceNamed(question: Question, value: string): Choice {
  const choices = question.kind === 'choice' ? question.choices : [];
  const found = choices.find((choice) => choice.value === value);
  if (found !== undefined) return found;
  const values = choices.map((choice) => choice.value);
  throw unknown(value, `choice of ${question.key}`, values, values);
}

function unknown(
  name: string,
  what: string,
  candidates: readonly string[],
  shown: readonly string[],
): UserError {
  const meant = nearest(name, candidates);
  const all = shown.length === 0 ? 'it takes no choices' : `there are: ${shown.join(', ')}`;
  const fix = meant === null ? all : `did you mean ${meant}? ${all}`;
  return new UserError(ExitCode.usage, [
    { at: name, message: `there is no ${what} "${name}"`, fix },
  ]);
}
