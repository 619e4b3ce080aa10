/**
 * The command lines of `pack`, in a file of their own so completion can list them without the rest.
 */

import { kScaffoldQuestions } from '../../pack/scaffold/questions.ts';
import type { CommandSyntax } from '../command.ts';
import { questionFlag } from '../create/flags/question-flags.ts';
import { type Flag, kOptions } from '../flags.ts';

const kJson: Flag = {
  name: 'json',
  takes: 'switch',
  help: 'print one JSON object',
  group: kOptions,
};

const kTrust: Flag = {
  name: 'trust',
  takes: 'switch',
  help: "run the pack's code and build what it writes, without asking",
  group: kOptions,
};

const kUpdate: Flag = {
  name: 'update',
  takes: 'switch',
  help: 'accept the actual output as the expected output',
  group: kOptions,
};

const kBuild: Flag = {
  name: 'build',
  takes: 'switch',
  help: 'also build projects that cover every pair of answers',
  group: kOptions,
};

export const packNewSyntax: CommandSyntax = {
  program: 'create-hpserver pack new',
  operand: 'DIRECTORY',
  summary: 'Creates a pack with a question, a file, an addition, and tests for them.',
  flags: [...kScaffoldQuestions.map(questionFlag), kJson],
};

export const packLintSyntax: CommandSyntax = {
  program: 'create-hpserver pack lint',
  operand: 'DIRECTORY',
  summary: 'Checks a pack for everything a machine can find.',
  flags: [kJson, kTrust],
};

export const packTestSyntax: CommandSyntax = {
  program: 'create-hpserver pack test',
  operand: 'DIRECTORY',
  summary: 'Runs the golden cases (tests/NAME/) and renders every combination of answers.',
  flags: [kUpdate, kBuild, kJson, kTrust],
};

export const packExplainSyntax: CommandSyntax = {
  program: 'create-hpserver pack explain',
  operand: 'SOURCE',
  summary: 'Shows what a pack asks, plans, replaces, adds and would run; runs none of it.',
  flags: [kJson],
};

/** By the word that follows `pack`. */
export const kPackSyntaxes: Readonly<Record<string, CommandSyntax>> = {
  new: packNewSyntax,
  lint: packLintSyntax,
  test: packTestSyntax,
  explain: packExplainSyntax,
};
