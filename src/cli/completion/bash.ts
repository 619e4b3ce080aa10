/** Completion for bash: plain `complete -F`, without the bash-completion package. */

import type { CompletedCommand, CompletedFlag, CompletionGrammar } from './grammar.ts';

export function bashScript({ flags, commands }: CompletionGrammar): string {
  return `# bash completion for create-hpserver
# Load it:  source <(create-hpserver completion bash)
_create_hpserver() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  # bash splits words at "=": --io-model=ep is three of them, and so is io.model=ep.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
${choice(commands, 1)}
${replies({ flags, operands: [] }, commands, 1)}
}
complete -o default -F _create_hpserver create-hpserver
`;
}

/** Branches on the word at that position, once the cursor is past it. */
function choice(commands: readonly CompletedCommand[], at: number): string {
  const cases = commands.map((command) => {
    const within = command.commands.length === 0 ? [] : [choice(command.commands, at + 1)];
    const body = [...within, replies(command, command.commands, at + 1), '  return'];
    return `    ${command.name})\n${body.join('\n')}\n    ;;`;
  });
  const word = `\${COMP_WORDS[${at}]}`;
  return `  ((COMP_CWORD > ${at})) && case "${word}" in\n${cases.join('\n')}\n  esac`;
}

/** The words to suggest: values of the previous flag, else flags, operands and subcommands. */
function replies(
  { flags, operands }: Pick<CompletedCommand, 'flags' | 'operands'>,
  commands: readonly CompletedCommand[],
  at: number,
): string {
  const answers = [...operands, ...flags.flatMap(({ values }) => values)].filter(isChoice);
  const keys = new Set(answers.map(keyOf));
  const choices = [...keys].map((key) => {
    const own = answers.filter((word) => keyOf(word) === key);
    return `    ${key}) ${reply(own.map(choiceOf))}; return ;;`;
  });
  const values = [...flags.flatMap(valueCase), ...choices];
  const names = commands.map(({ name }) => name);
  const words = operands.filter((word) => !isChoice(word));
  return [
    ...(values.length === 0 ? [] : ['  case "$prev" in', ...values, '  esac']),
    `  if [[ $cur == -* ]]; then ${reply(longForms(flags))}; return; fi`,
    ...(names.length === 0 ? [] : [`  ((COMP_CWORD == ${at})) && ${reply(names)}`]),
    ...(words.length === 0 ? [] : [`  ${reply(words)}`]),
  ].join('\n');
}

function valueCase({ names, short, takes, values }: CompletedFlag): readonly string[] {
  if (takes === 'nothing') return [];
  const spellings = [...names.map((name) => `--${name}`), ...(short ? [`-${short}`] : [])];
  const files = 'COMPREPLY=($(compgen -f -- "$cur"))';
  return [`    ${spellings.join('|')}) ${takes === 'file' ? files : reply(values)}; return ;;`];
}

function reply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur"))`;
}

function longForms(flags: readonly CompletedFlag[]): readonly string[] {
  return flags.flatMap(({ names }) => names.map((name) => `--${name}`));
}

function isChoice(topic: string): boolean {
  return topic.includes('=');
}

function keyOf(topic: string): string {
  return topic.replace(/=.*/s, '');
}

function choiceOf(topic: string): string {
  return topic.replace(/^[^=]*=/s, '');
}
