/** `create-hpserver completion bash|zsh|fish`: a script that completes without starting Node. */

import type { Host } from '../../console/host.ts';
import { ExitCode, UserError } from '../../error.ts';
import type { Catalog } from '../../plan/catalog.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type CompletionGrammar, completionGrammar, kShells } from './grammar.ts';
import { zshScript } from './zsh.ts';

export const completionSyntax: CommandSyntax = {
  program: 'create-hpserver completion',
  operand: 'bash|zsh|fish',
  summary: 'Prints a completion script; its first lines say how to load it.',
  flags: [],
};

const kScripts: Readonly<Record<string, (grammar: CompletionGrammar) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export async function completion(host: Host, { catalog }: { catalog: Catalog }): Promise<ExitCode> {
  const invocation = readInvocation(host, completionSyntax);
  if (invocation === null) return ExitCode.done;
  const shell = invocation.operand ?? '';
  const script = Object.hasOwn(kScripts, shell) ? kScripts[shell] : undefined;
  if (script === undefined) throw unknownShell(shell);
  host.out.write(script(completionGrammar(catalog)));
  return ExitCode.done;
}

function unknownShell(shell: string): UserError {
  const message =
    shell === '' ? 'no shell was named' : `there is no completion script for "${shell}"`;
  const fix = kShells.map((name) => `Run create-hpserver completion ${name}`).join(', or ');
  return new UserError(ExitCode.usage, [{ at: 'completion', message, fix }]);
}
