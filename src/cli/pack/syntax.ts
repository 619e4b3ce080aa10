/** The command lines of `pack`: here alone, so that completion can tell them without the rest. */

import { kScaffoldQuestions } from '../../pack/scaffold/questions.ts';
import type { CommandSyntax } from '../command.ts';
import { questionFlag } from '../create/flags/question-flags.ts';
import { type Flag, kDoing } from '../flags.ts';

const kJson: Flag = { name: 'json', takes: 'switch', help: 'one JSON object', group: kDoing };

const kTrust: Flag = {
  name: 'trust',
  takes: 'switch',
  help: 'run the code of the pack, and build what it writes, without asking',
  group: kDoing,
};

const kUpdate: Flag = {
  name: 'update',
  takes: 'switch',
  help: 'write what comes out as what is expected',
  group: kDoing,
};

const kBuild: Flag = {
  name: 'build',
  takes: 'switch',
  help: 'build projects too: every pair of answers is in one of them',
  group: kDoing,
};

export const packNewSyntax: CommandSyntax = {
  program: 'create-hpserver pack new',
  operand: 'DIRECTORY',
  summary: 'Begin a pack: a question, a file, an addition, and their tests.',
  flags: [...kScaffoldQuestions.map(questionFlag), kJson],
};

export const packLintSyntax: CommandSyntax = {
  program: 'create-hpserver pack lint',
  operand: 'DIRECTORY',
  summary: 'Everything that a machine can find fault with in a pack.',
  flags: [kJson, kTrust],
};

export const packTestSyntax: CommandSyntax = {
  program: 'create-hpserver pack test',
  operand: 'DIRECTORY',
  summary: 'Its golden cases (tests/NAME/), and every combination of its answers.',
  flags: [kUpdate, kBuild, kJson, kTrust],
};

export const packExplainSyntax: CommandSyntax = {
  program: 'create-hpserver pack explain',
  operand: 'SOURCE',
  summary: 'What a pack asks, plans, replaces, adds, and would run. Nothing of it is run.',
  flags: [kJson],
};

/** By the word behind `pack`. */
export const kPackSyntaxes: Readonly<Record<string, CommandSyntax>> = {
  new: packNewSyntax,
  lint: packLintSyntax,
  test: packTestSyntax,
  explain: packExplainSyntax,
};
