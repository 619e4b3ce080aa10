/** The commands, in the order in which help and completion show them. */

export type CommandName =
  | 'regenerate'
  | 'add'
  | 'check'
  | 'status'
  | 'diff'
  | 'undo'
  | 'pack'
  | 'options'
  | 'explain'
  | 'doctor'
  | 'completion';

export interface CommandEntry {
  readonly name: CommandName;
  /** What follows the command's name in the help: `KIND [NAME]`; may be empty. */
  readonly operands: string;
  /** A line of the main help. */
  readonly help: string;
}

export const kCommands: readonly CommandEntry[] = [
  {
    name: 'regenerate',
    operands: '[--set KEY=VALUE]',
    help: 'apply changed answers or a newer version; keeps your edits',
  },
  { name: 'add', operands: 'KIND [NAME]', help: 'add a route, a middleware, a deployment …' },
  { name: 'check', operands: '', help: 'would regenerating change anything? (for CI)' },
  { name: 'status', operands: '', help: 'list files that were edited, deleted or added' },
  { name: 'diff', operands: '', help: 'show what regenerating would change' },
  { name: 'undo', operands: '', help: 'undo the last update' },
  {
    name: 'pack',
    operands: 'new|lint|test|explain',
    help: 'create, check and inspect template packs',
  },
  {
    name: 'options',
    operands: '[--json]',
    help: 'list every question, choice, rule, preset and architecture',
  },
  {
    name: 'explain',
    operands: '[KEY[=VALUE]]',
    help: 'what a choice is, when to use it, what it rules out',
  },
  { name: 'doctor', operands: '[--fix]', help: 'check this machine for missing build tools' },
  {
    name: 'completion',
    operands: 'bash|zsh|fish',
    help: 'print a shell completion script',
  },
];

export function isCommand(word: string): word is CommandName {
  return kCommands.some(({ name }) => name === word);
}
