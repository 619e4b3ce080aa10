/** The flags of the commands that work on an existing project. */

import type { Host } from '../../console/host.ts';
import type { Catalog } from '../../plan/catalog.ts';
import { answeringFlags, kConflictFlags } from '../create/flags/create-flags.ts';
import { questionFlag } from '../create/flags/question-flags.ts';
import { type Flag, kDoing, kOptions } from '../flags.ts';
import { kPackFlags } from '../packs.ts';

export const kDirectoryFlag: Flag = {
  name: 'directory',
  short: 'C',
  takes: 'value',
  placeholder: 'DIR',
  help: 'the project (default: the nearest one, from this folder upward)',
  group: kOptions,
};

/** For commands without another operand: `regenerate DIR` means `regenerate --directory DIR`. */
export const kDirectoryOperand = { operand: '[DIR]', maxOperands: 0 } as const;

export function directoryFirst(host: Host): Host {
  const [first, ...rest] = host.args;
  if (first === undefined || first.startsWith('-')) return host;
  return { ...host, args: [`--${kDirectoryFlag.name}`, first, ...rest] };
}

export const kJsonFlag: Flag = {
  name: 'json',
  takes: 'switch',
  help: 'print one JSON report to standard output',
  group: kDoing,
};

/** The flags of every command that writes to a project. */
export const kRevisingFlags: readonly Flag[] = [
  kDirectoryFlag,
  { name: 'dry-run', takes: 'switch', help: 'show the changes, write nothing', group: kDoing },
  ...kConflictFlags,
  kJsonFlag,
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
      help: 'restore a file or folder that you deleted; repeatable',
      group: kDoing,
    },
    ...catalog.questions.map(questionFlag),
  ];
}
