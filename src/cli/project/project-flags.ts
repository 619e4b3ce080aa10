/** The flags of the commands that work on a project which stands already. */

import type { Catalog } from '../../plan/catalog.ts';
import { answeringFlags } from '../create/create-flags.ts';
import { questionFlag } from '../create/question-flags.ts';
import { type Flag, kDoing } from '../flags.ts';
import { kPackFlags } from '../packs.ts';

export const kDirectoryFlag: Flag = {
  name: 'directory',
  short: 'C',
  takes: 'value',
  placeholder: 'DIR',
  help: 'the project (default: the nearest one, from this folder upward)',
  group: kDoing,
};

export const kJsonFlag: Flag = {
  name: 'json',
  takes: 'switch',
  help: 'one JSON report on standard output',
  group: kDoing,
};

export const kOnConflict: readonly string[] = ['abort', 'keep', 'take', 'markers'];

/** What every command that writes into a project has. */
export const kRevisingFlags: readonly Flag[] = [
  kDirectoryFlag,
  { name: 'dry-run', takes: 'switch', help: 'show the changes, write nothing', group: kDoing },
  { name: 'diff', takes: 'switch', help: 'show them line by line too', group: kDoing },
  kJsonFlag,
  {
    name: 'on-conflict',
    takes: 'value',
    values: kOnConflict,
    help: 'what becomes of files that both sides changed (default: ask, or abort)',
    group: kDoing,
  },
];

export function regenerateFlags(catalog: Catalog): readonly Flag[] {
  return [
    ...answeringFlags(catalog.presets),
    ...kRevisingFlags,
    ...kPackFlags,
    {
      name: 'restore',
      takes: 'list',
      placeholder: 'PATH',
      help: 'bring back what was deleted here, a file or a folder; repeatable',
      group: kDoing,
    },
    ...catalog.questions.map(questionFlag),
  ];
}
