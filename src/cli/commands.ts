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
  /** What stands behind its name: `KIND [NAME]`; empty for nothing of note. */
  readonly operands: string;
  /** A line of the main help. */
  readonly help: string;
}

export const kCommands: readonly CommandEntry[] = [
  {
    name: 'regenerate',
    operands: '[--set KEY=VALUE]',
    help: 'the same project with other answers, your edits kept',
  },
  { name: 'add', operands: 'KIND [NAME]', help: 'a route, a middleware, a deployment …' },
  { name: 'check', operands: '', help: 'would regenerating change anything? (for CI)' },
  { name: 'status', operands: '', help: 'what became of each file' },
  { name: 'diff', operands: '', help: 'what regenerating would change' },
  { name: 'undo', operands: '', help: 'takes the last update back' },
  { name: 'pack', operands: 'new|lint|test|explain', help: 'templates of your own' },
  {
    name: 'options',
    operands: '[--json]',
    help: 'every question, choice, rule, preset and architecture',
  },
  {
    name: 'explain',
    operands: '[KEY[=VALUE]]',
    help: 'what a choice is, when to take it, what it excludes',
  },
  { name: 'doctor', operands: '[--fix]', help: 'what this machine lacks to build a project' },
  {
    name: 'completion',
    operands: 'bash|zsh|fish',
    help: 'a completion script for the shell',
  },
];

export function isCommand(word: string): word is CommandName {
  return kCommands.some(({ name }) => name === word);
}
