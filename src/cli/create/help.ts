/** `--help` that teaches: examples first, then every flag by its heading. */

import { type Paint, spell } from '../../console/paint.ts';
import type { Flag } from '../flags.ts';
import { flagSections, section } from '../section.ts';

const kExamples: readonly (readonly [string, string])[] = [
  ['npm create hpserver@latest', 'ask everything, then build'],
  ['npm create hpserver@latest my-server -- --yes', 'the recommended server'],
  ['create-hpserver my-server --language cpp --yes', 'the same in C++'],
  ['create-hpserver my-server --yes --dry-run', 'show the files, write nothing'],
  ['create-hpserver my-server --answers wish.json --json', 'for scripts: JSON in, JSON out'],
];

const kCommands: readonly (readonly [string, string])[] = [
  ['regenerate [--set KEY=VALUE]', 'the same project with other answers, your edits kept'],
  ['add KIND [NAME]', 'a route, a middleware, a deployment …'],
  ['check', 'would regenerating change anything? (for CI)'],
  ['status, diff, undo', 'what you changed, what would change, and back'],
  ['pack new|lint|test|explain', 'templates of your own'],
  ['options [--json]', 'every question, choice, rule, preset and architecture'],
  ['explain [KEY[=VALUE]]', 'what a choice is, when to take it, what it excludes'],
  ['doctor [--fix]', 'what this machine lacks to build a project'],
  ['completion bash|zsh|fish', 'a completion script for the shell'],
];

const kExitCodes: readonly string[] = [
  '0 done, 1 failure, 2 usage or answers, 3 conflicts, 4 drift (check),',
  '5 untrusted pack, 130 cancelled by Ctrl-C',
];

export function createHelp(paint: Paint, flags: readonly Flag[], width: number): string {
  const text = [
    `${paint.bold('create-hpserver [DIRECTORY] [flags]')}`,
    'Generates a complete high-performance Linux server in TypeScript or C++.',
    '',
    ...section(paint, 'Examples', kExamples, width),
    ...section(paint, 'Commands', kCommands, width),
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
