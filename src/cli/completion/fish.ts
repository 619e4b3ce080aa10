/** Completion for fish, by `complete`. */

import type { CompletedCommand, CompletedFlag, CompletionGrammar } from './grammar.ts';

export function fishScript({ flags, commands }: CompletionGrammar): string {
  const names = commands.map(({ name }) => name).join(' ');
  const outside = `not __fish_seen_subcommand_from ${names}`;
  return `${[
    '# fish completion for create-hpserver',
    '# Load it:  create-hpserver completion fish | source',
    kWithin,
    ...commands.map(({ name, help }) => line(outside, [`-a ${name}`, description(help)])),
    ...flags.flatMap((flag) => flagLines(outside, flag)),
    ...commands.flatMap((command) => commandLines(command, [])),
  ].join('\n')}\n`;
}

/** True if the words after the program start with the given ones. */
const kWithin = `function __create_hpserver_within
    set -l words (commandline -opc)
    set -l behind $words[2..-1]
    for at in (seq (count $argv))
        test "$behind[$at]" = "$argv[$at]"; or return 1
    end
end`;

function commandLines(
  { name, operands, flags, commands }: CompletedCommand,
  above: readonly string[],
): readonly string[] {
  const words = [...above, name];
  const inside = `__create_hpserver_within ${words.join(' ')}`;
  const first = `${inside}; and test (count (commandline -opc)) -eq ${words.length + 1}`;
  return [
    ...(operands.length === 0 ? [] : [line(inside, [`-f -a ${quoted(operands.join(' '))}`])]),
    ...commands.map((each) => line(first, [`-f -a ${each.name}`, description(each.help)])),
    ...flags.flatMap((flag) => flagLines(inside, flag)),
    ...commands.flatMap((each) => commandLines(each, words)),
  ];
}

function flagLines(condition: string, flag: CompletedFlag): readonly string[] {
  const { names, short, takes, values, help } = flag;
  const value =
    takes === 'nothing'
      ? []
      : takes === 'file'
        ? ['-r -F']
        : ['-x', ...(values.length > 0 ? [`-a ${quoted(values.join(' '))}`] : [])];
  return names.map((name, at) => {
    const letter = at === 0 && short !== null ? [`-s ${short}`] : [];
    return line(condition, [...letter, `-l ${name}`, ...value, description(help)]);
  });
}

function line(condition: string, parts: readonly string[]): string {
  return ['complete -c create-hpserver', `-n ${quoted(condition)}`, ...parts].join(' ');
}

function description(text: string): string {
  return `-d ${quoted(text)}`;
}

/** In fish's single quotes, only the quote and the backslash are special. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
