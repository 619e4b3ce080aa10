/** `--help` that teaches: examples first, then every flag under its heading. */

import { type Paint, spell } from '../../../console/paint.ts';
import { type CommandEntry, kCommands } from '../../commands.ts';
import type { Flag } from '../../flags.ts';
import { flagSections, section } from '../../section.ts';

const kExamples: readonly (readonly [string, string])[] = [
  ['npm create hpserver@latest', 'answer questions, then build'],
  ['npm create hpserver@latest my-server -- --yes', 'accept the defaults'],
  ['create-hpserver my-server --language cpp --yes', 'the same in C++'],
  ['create-hpserver my-server --yes --dry-run', 'show the files, write nothing'],
  ['create-hpserver my-server --answers answers.json --json', 'for scripts: JSON in, JSON out'],
];

const kExitCodes: readonly string[] = [
  '0 done, 1 failure, 2 usage or answers, 3 conflicts, 4 drift (check),',
  '5 untrusted pack, 130 cancelled by Ctrl-C',
];

function shown({ name, operands, help }: CommandEntry): readonly [string, string] {
  return [`${name} ${operands}`.trim(), help];
}

export function createHelp(paint: Paint, flags: readonly Flag[], width: number): string {
  const text = [
    `${paint.bold('create-hpserver [DIRECTORY] [flags]')}`,
    'Generates a complete high-performance Linux server in TypeScript or C++.',
    'Existing files in DIRECTORY are kept; if one has the path of a generated file,',
    'you are asked which to keep.',
    '',
    ...section(paint, 'Examples', kExamples, width),
    ...section(paint, 'Commands', kCommands.map(shown), width),
    ...flagSections(paint, flags, width),
    paint.bold('Precedence'),
    '  flags, then --set, then --answers, then --preset, then defaults',
    '',
    paint.bold('Exit codes'),
    ...kExitCodes.map((line) => `  ${line}`),
    '',
  ].join('\n');
  return spell(paint, text);
}
