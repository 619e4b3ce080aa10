/** Completion for zsh, by `_arguments`. */

import type { CompletedCommand, CompletedFlag, CompletionGrammar } from './grammar.ts';

export function zshScript({ flags, commands }: CompletionGrammar): string {
  const names = commands.map(({ name, help }) => `    ${quoted(`${name}:${escaped(help)}`)}`);
  return `#compdef create-hpserver
# zsh completion for create-hpserver
# Load it:  source <(create-hpserver completion zsh)   (after compinit)
_create_hpserver() {
  local -a commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    _describe 'command' commands
    _files -/
    return
  fi
  case $words[2] in
${commands.map(commandCase).join('\n')}
  esac
  _arguments \\
${flags.flatMap(specs).map(indented).join(' \\\n')} \\
    '1:directory:_files -/'
}
if [[ $funcstack[1] == _create_hpserver ]]; then
  _create_hpserver "$@"
else
  compdef _create_hpserver create-hpserver
fi
`;
}

function commandCase({ name, operands, flags, commands }: CompletedCommand): string {
  const heads = commands.map((each) => each.name);
  const first = operands.length > 0 ? operands : heads;
  const words = first.length === 0 ? [] : [quoted(`1:${name}:(${first.join(' ')})`)];
  const files = first.length === 0 ? [quoted('*:file:_files')] : [];
  const all = [...flags.flatMap(specs), ...words, ...files].join(' ');
  const deeper =
    commands.length === 0
      ? ''
      : `((CURRENT > 2)) && case $words[2] in\n${commands.map(commandCase).join('\n')}\n    esac; `;
  // The command replaces the program: _arguments counts operands from there.
  return `    ${name}) shift words; ((CURRENT--)); ${deeper}_arguments ${all}; return ;;`;
}

function specs({ names, short, takes, values, help }: CompletedFlag): readonly string[] {
  const tail =
    takes === 'nothing'
      ? ''
      : takes === 'file'
        ? ':file:_files'
        : `:value:${values.length > 0 ? `(${values.join(' ')})` : ''}`;
  const letter = short === null ? [] : [quoted(`-${short}[${escaped(help)}]${tail}`)];
  const long = names.map((name) =>
    quoted(`--${name}${takes === 'nothing' ? '' : '='}[${escaped(help)}]${tail}`),
  );
  return [...letter, ...long];
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function indented(text: string): string {
  return `    ${text}`;
}
