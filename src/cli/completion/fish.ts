/** Completion for fish, by `complete`. */

import type { CompletedCommand, CompletedFlag, CompletionGrammar } from './grammar.ts';

export function fishScript({ flags, commands }: CompletionGrammar): string {
  const names = commands.map(({ name }) => name).join(' ');
  const outside = `not __fish_seen_subcommand_from ${names}`;
  return `${[
    '# fish completion for create-hpserver',
    '# Load it:  create-hpserver completion fish | source',
    ...commands.map(({ name, help }) => line(outside, [`-a ${name}`, description(help)])),
    ...flags.flatMap((flag) => flagLines(outside, flag)),
    ...commands.flatMap(commandLines),
  ].join('\n')}\n`;
}

function commandLines({ name, operands, flags }: CompletedCommand): readonly string[] {
  const inside = `__fish_seen_subcommand_from ${name}`;
  const words =
    operands.length === 0 ? [] : [line(inside, [`-f -a ${quoted(operands.join(' '))}`])];
  return [...words, ...flags.flatMap((flag) => flagLines(inside, flag))];
}

function flagLines(condition: string, flag: CompletedFlag): readonly string[] {
  const { names, takes, values, help } = flag;
  const value =
    takes === 'nothing'
      ? []
      : takes === 'file'
        ? ['-r -F']
        : ['-x', ...(values.length > 0 ? [`-a ${quoted(values.join(' '))}`] : [])];
  return names.map((name) => line(condition, [`-l ${name}`, ...value, description(help)]));
}

function line(condition: string, parts: readonly string[]): string {
  return ['complete -c create-hpserver', `-n ${quoted(condition)}`, ...parts].join(' ');
}

function description(text: string): string {
  return `-d ${quoted(text)}`;
}

/** In fish's single quotes only the quote and the backslash are special. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
