/** `create-hpserver options`: every question, choice, rule, preset and architecture. */

import type { Host } from '../console/host.ts';
import { type Paint, paintFor, spell } from '../console/paint.ts';
import { columns, indent } from '../console/text.ts';
import { ExitCode } from '../error.ts';
import type { Catalog } from '../plan/catalog.ts';
import { has, inWords } from '../spec/condition.ts';
import { flagOf } from '../spec/flag.ts';
import type { Question } from '../spec/question.ts';
import { type CommandSyntax, readInvocation } from './command.ts';
import { kDoing } from './flags.ts';
import { kPackFlags } from './packs.ts';
import { engineHere } from './project/opening/engine-here.ts';
import { kDirectoryFlag } from './project/project-flags.ts';

export const optionsSyntax: CommandSyntax = {
  program: 'create-hpserver options',
  operand: '',
  summary:
    'Lists every question, choice, rule, preset, addition and architecture, including those of ' +
    'packs.',
  flags: [
    { name: 'json', takes: 'switch', help: 'print all of it as one JSON object', group: kDoing },
    kDirectoryFlag,
    ...kPackFlags,
  ],
};

export async function options(host: Host): Promise<ExitCode> {
  const invocation = readInvocation(host, optionsSyntax);
  if (invocation === null) return ExitCode.done;
  const { catalog } = await engineHere(host, optionsSyntax.program);
  const paint = paintFor(host, host.out);
  const json = invocation.values.has('json');
  host.out.write(
    json ? `${JSON.stringify(document(catalog), null, 2)}\n` : listing(paint, catalog),
  );
  return ExitCode.done;
}

function document(catalog: Catalog): object {
  const { questions, rules, presets, additions, features, architectures } = catalog;
  return {
    questions,
    rules,
    presets,
    additions,
    features,
    architectures: architectures().map(({ values, status, reason }) => ({
      ...values,
      status,
      reason,
    })),
  };
}

function listing(paint: Paint, catalog: Catalog): string {
  const parts = [
    ...catalog.questions.map((question) => questionText(paint, question)),
    `${paint.bold('Presets')}\n${presetLines(catalog).join('\n')}`,
    `${paint.bold('Additions')}\n${additionLines(catalog).join('\n')}`,
    `${paint.bold('Architectures')}\n${architectureLines(catalog).join('\n')}`,
  ];
  return spell(paint, `${parts.join('\n\n')}\n`);
}

function questionText(paint: Paint, question: Question): string {
  const when = question.when === undefined ? '' : `\n  only if ${inWords(question.when)}`;
  const head = `${paint.bold(question.key)}  --${flagOf(question)}  ${question.title}`;
  return `${head}\n  ${question.help}${when}\n${indent(answersText(question), 2)}`;
}

function answersText(question: Question): string {
  switch (question.kind) {
    case 'choice':
    case 'multi':
      return columns(
        question.choices.map(({ value, tradeoff }) => [
          `${has(question.default, value) ? '*' : ' '} ${value}`,
          tradeoff,
        ]),
      ).join('\n');
    case 'path':
      return `${question.absolute ? 'an absolute path' : 'a path'}, default ${question.default}`;
    case 'number':
      return `${question.min} to ${question.max} ${question.unit}, default ${question.default}`;
    case 'text':
      return `${question.patternMeaning ?? 'any text'}, default ${question.default}`;
    case 'boolean':
      return `yes or no, default ${question.default ? 'yes' : 'no'}`;
  }
}

function presetLines({ presets }: Catalog): readonly string[] {
  return columns(presets.map(({ id, description }) => [`  ${id}`, description]));
}

function additionLines({ additions, features }: Catalog): readonly string[] {
  return columns([...additions, ...features].map(({ kind, title }) => [`  add ${kind}`, title]));
}

/**
 * Only the possible architectures: the refused ones and their reasons would fill the screen, so
 * only `--json` lists them.
 */
function architectureLines({ architectures }: Catalog): readonly string[] {
  const all = architectures();
  const possible = all.filter(({ status }) => status !== 'refused');
  const rows = possible.map(({ values, status, reason }) => [
    ...Object.values(values).map((value) => ` ${value}`),
    status === 'warn' ? `! ${reason}` : '',
  ]);
  const refused = all.length - possible.length;
  return [
    ...columns(rows),
    '',
    `  ${refused} more combinations are refused; --json gives the reasons.`,
  ];
}
