/**
 * `create-hpserver explain [KEY[=VALUE] | VALUE | PRESET]`: what it is, when to choose it, its
 * flow, and what it excludes.
 */

import type { Host } from '../console/host.ts';
import { type Paint, paintFor, spell } from '../console/paint.ts';
import { columns, indent, wrap } from '../console/text.ts';
import { ExitCode } from '../error.ts';
import type { Catalog } from '../plan/catalog.ts';
import type { FlowStep } from '../plan/generator.ts';
import { choicesOf, inText } from '../spec/choices.ts';
import { inWords } from '../spec/condition.ts';
import { flagOf } from '../spec/flag.ts';
import type { AllOf, Choice, Question } from '../spec/question.ts';
import type { Preset, Rule } from '../spec/rule.ts';
import { type CommandSyntax, readInvocation } from './command.ts';
import { type Subject, subjectsOf } from './explain-subject.ts';
import { kDoing } from './flags.ts';
import { kPackFlags } from './packs.ts';
import { engineHere } from './project/opening/engine-here.ts';
import { kDirectoryFlag } from './project/project-flags.ts';

export const explainSyntax: CommandSyntax = {
  program: 'create-hpserver explain',
  operand: '[KEY[=VALUE] | VALUE | PRESET]',
  summary:
    'Explains a question, a choice or a preset: what it is, when to use it, what it rules out.',
  flags: [
    { name: 'json', takes: 'switch', help: 'print the same as one JSON object', group: kDoing },
    kDirectoryFlag,
    ...kPackFlags,
  ],
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
  const { operand, values } = invocation;
  const text = values.has('json')
    ? `${JSON.stringify(documentOf(catalog, operand), null, 2)}\n`
    : spell(paint, explanation(paint, catalog, operand));
  host.out.write(text);
  return ExitCode.done;
}

function explanation(paint: Paint, catalog: Catalog, operand: string | undefined): string {
  if (operand === undefined) return overview(paint, catalog);
  return subjectsOf(catalog, operand)
    .map((subject) => pageOf(paint, catalog, subject))
    .join('\n');
}

function pageOf(paint: Paint, catalog: Catalog, subject: Subject): string {
  switch (subject.kind) {
    case 'question':
      return questionPage(paint, catalog, subject.question);
    case 'choice':
      return choicePage(paint, catalog, subject.question, subject.choice);
    case 'preset':
      return presetPage(paint, catalog, subject.preset);
  }
}

/** The same content as an object, for `--json`. */
function documentOf(catalog: Catalog, operand: string | undefined): object {
  const { questions, presets } = catalog;
  if (operand === undefined) return { questions, presets };
  return {
    subjects: subjectsOf(catalog, operand).map((subject) => {
      if (subject.kind === 'preset') {
        return { ...subject, flow: catalog.flow(subject.preset.values) };
      }
      const { key } = subject.question;
      const value = subject.kind === 'choice' ? subject.choice.value : null;
      const rules = rulesAbout(catalog, key, value);
      if (subject.kind === 'question') return { ...subject, rules };
      const { choice } = subject;
      return { kind: 'choice', key, choice, flow: typicalFlow(catalog, key, choice.value), rules };
    }),
  };
}

function overview(paint: Paint, { questions, presets }: Catalog): string {
  const asked = columns(questions.map(({ key, title, help }) => [`  ${key}`, title, help]));
  const named = columns(presets.map(({ id, title }) => [`  ${id}`, title]));
  const examples = ['io.model=epoll', 'proactor', 'nginx-like'].map(
    (operand) => `  create-hpserver explain ${operand}`,
  );
  return [
    ...[paint.bold('Questions'), ...asked, ''],
    ...[paint.bold('Presets'), ...named, ''],
    ...[paint.bold('Examples'), ...examples, ''],
  ].join('\n');
}

function presetPage(paint: Paint, catalog: Catalog, preset: Preset): string {
  const { id, title, description, values } = preset;
  const steps = catalog.flow(values);
  const answers = columns(
    Object.entries(values).map(([key, value]) => [`  ${key}`, String(value)]),
  );
  return [
    `${paint.bold(title)}  --preset ${id}`,
    ...wrap(description, widthFor(paint)),
    '',
    ...[paint.bold('Answers'), ...answers],
    ...(steps === null ? [] : ['', paint.bold('Five steps'), ...flowLines(steps)]),
    '',
  ].join('\n');
}

function questionPage(paint: Paint, catalog: Catalog, question: Question): string {
  const names = [flagOf(question), ...(question.aliases ?? [])].map((name) => `--${name}`);
  const when = question.when === undefined ? [] : [`Asked only if ${inWords(question.when)}.`];
  const choices = choiceLines(choicesOf(question));
  return [
    `${paint.bold(question.title)}  ${question.key}  ${names.join(' ')}`,
    ...wrap(question.help, widthFor(paint)),
    ...when.flatMap((line) => wrap(line, widthFor(paint))),
    `Default: ${inText(question.default)}`,
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
    // A pack may give a tradeoff alone, which then is the explanation, too.
    ...(choice.explanation === tradeoff ? [] : ['', ...wrap(choice.explanation, widthFor(paint))]),
    ...(flow === null ? [] : ['', paint.bold(`Five steps, ${flow.of}`), ...flowLines(flow.steps)]),
    ...exclusions(paint, catalog, question.key, value),
    '',
  ].join('\n');
}

function flowLines(steps: readonly FlowStep[]): readonly string[] {
  return columns(steps.map(({ step, executor, call }) => [`  ${step}`, executor, call]));
}

/** The choice's flow in the architecture that includes it and keeps the most defaults. */
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

/** The rules about this key or, if a value is given, about that value. */
function rulesAbout({ rules }: Catalog, key: string, value: string | null): readonly Rule[] {
  return rules.filter(({ when }) => (value === null ? key in when : when[key]?.includes(value)));
}

function exclusions(
  paint: Paint,
  catalog: Catalog,
  key: string,
  value: string | null,
): readonly string[] {
  const concerned = rulesAbout(catalog, key, value);
  if (concerned.length === 0) return [];
  const words = { refused: 'refused', warn: 'warning' } as const;
  const lines = concerned.flatMap(({ status, when, message, fix }) => {
    const { [key]: own, ...others } = when;
    const partner: AllOf = value === null && own !== undefined ? when : others;
    const place = Object.keys(partner).length === 0 ? '' : ` if ${inWords(partner)}`;
    const said = wrap(`${message}. ${fix}`, widthFor(paint) - 4).join('\n');
    return [`  ${words[status]}${place}`, indent(said, 4)];
  });
  return ['', paint.bold('Constraints'), ...lines];
}
