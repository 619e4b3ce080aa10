/** The flags of `create-hpserver [DIRECTORY]`: the command's own, then one for each question. */

import type { Catalog } from '../../../plan/catalog.ts';
import { type Flag, kDoing, kOptions } from '../../flags.ts';
import { kPackFlags } from '../../packs.ts';
import { questionFlag } from './question-flags.ts';

const kAnswering = 'Answers';
export function createFlags({ questions, presets }: Catalog): readonly Flag[] {
  return [
    ...answeringFlags(presets),
    ...kPackFlags,
    ...kDoingFlags,
    ...questions.map(questionFlag),
  ];
}

/** Where answers may come from, besides a flag for each. */
export function answeringFlags(presets: Catalog['presets']): readonly Flag[] {
  const preset: Flag = {
    name: 'preset',
    takes: 'value',
    placeholder: 'ID',
    ...(presets.length > 0 ? { values: presets.map(({ id }) => id) } : {}),
    help: 'start from a preset',
    group: kAnswering,
  };
  return [
    {
      name: 'yes',
      short: 'y',
      takes: 'switch',
      help: 'accept the defaults for everything else',
      group: kAnswering,
    },
    preset,
    {
      name: 'answers',
      takes: 'value',
      placeholder: 'FILE',
      help: 'read answers from a JSON file; - for standard input',
      group: kAnswering,
    },
    {
      name: 'set',
      takes: 'list',
      placeholder: 'KEY=VALUE',
      help: 'set one answer by its key; repeatable',
      group: kAnswering,
    },
  ];
}

export const kOnConflict: readonly string[] = ['abort', 'keep', 'take', 'markers'];

/** What to do if files already exist there. */
export const kConflictFlags: readonly Flag[] = [
  { name: 'diff', takes: 'switch', help: 'show line-by-line differences too', group: kDoing },
  {
    name: 'on-conflict',
    takes: 'value',
    values: kOnConflict,
    help: 'how to resolve files changed on both sides (default: ask; abort without a terminal)',
    group: kDoing,
  },
];

const kDoingFlags: readonly Flag[] = [
  { name: 'dry-run', takes: 'switch', help: 'show the plan, write nothing', group: kDoing },
  ...kConflictFlags,
  {
    name: 'json',
    takes: 'switch',
    help: 'print one JSON report to standard output',
    group: kDoing,
  },
  {
    name: 'build',
    takes: 'toggle',
    help: 'install and build after writing (default: yes; no with --json)',
    group: kDoing,
  },
  {
    name: 'git',
    takes: 'toggle',
    help: 'create a git repository with a first commit (default: yes, unless inside one)',
    group: kDoing,
  },
  { name: 'version', short: 'V', takes: 'switch', help: 'print the version', group: kOptions },
  { name: 'help', short: 'h', takes: 'switch', help: 'print this help', group: kOptions },
];
