/** Completion for bash: plain `complete -F`, without the bash-completion package. */

import type { CompletedFlag, CompletionGrammar } from './grammar.ts';

export function bashScript({ flags, commands }: CompletionGrammar): string {
  return `# bash completion for create-hpserver
# Load it:  source <(create-hpserver completion bash)
_create_hpserver() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  # bash splits words at "=": --io-model=ep is three of them, and so is io.model=ep.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  case "\${COMP_WORDS[1]}" in
${commands.map(({ name, operands, flags: own }) => commandCase(name, operands, own)).join('\n')}
  esac
  case "$prev" in
${flags.flatMap(valueCase).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W '${longForms(flags)}' -- "$cur"))
  elif ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$cur"))
  fi
}
complete -o default -F _create_hpserver create-hpserver
`;
}

function commandCase(
  name: string,
  operands: readonly string[],
  flags: readonly CompletedFlag[],
): string {
  const words = [...operands.filter((word) => !word.includes('=')), longForms(flags)];
  const keys = new Set(operands.filter((word) => word.includes('=')).map(keyOf));
  const values = [...keys].map((key) => {
    const own = operands.filter((word) => keyOf(word) === key && word.includes('='));
    return `        ${key}) COMPREPLY=($(compgen -W '${own.map(choiceOf).join(' ')}' -- "$cur")) ;;`;
  });
  const reply = `COMPREPLY=($(compgen -W '${words.join(' ').trim()}' -- "$cur"))`;
  const choice =
    values.length === 0
      ? [`      ${reply}`]
      : ['      case "$prev" in', ...values, `        *) ${reply} ;;`, '      esac'];
  return [`    ${name})`, '      ((COMP_CWORD > 1)) || return', ...choice, '      return ;;'].join(
    '\n',
  );
}

function valueCase({ names, takes, values }: CompletedFlag): readonly string[] {
  if (takes === 'nothing') return [];
  const pattern = names.map((name) => `--${name}`).join('|');
  if (takes === 'file') return [`    ${pattern}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`];
  const words = values.join(' ');
  return [`    ${pattern}) COMPREPLY=($(compgen -W '${words}' -- "$cur")); return ;;`];
}

function longForms(flags: readonly CompletedFlag[]): string {
  return flags.flatMap(({ names }) => names.map((name) => `--${name}`)).join(' ');
}

function keyOf(topic: string): string {
  return topic.replace(/=.*/s, '');
}

function choiceOf(topic: string): string {
  return topic.replace(/^[^=]*=/s, '');
}
