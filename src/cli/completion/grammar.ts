/**
 * What a shell may complete: the flags of the main command, and the commands with their operands.
 */

import type { Catalog } from '../../plan/catalog.ts';
import { createFlags } from '../create/create-flags.ts';
import { kDoctorFlags } from '../doctor/flags.ts';
import type { Flag } from '../flags.ts';
import { kPackSyntaxes } from '../pack/syntax.ts';
import { addSyntax } from '../project/add.ts';
import { checkSyntax } from '../project/check.ts';
import { diffSyntax } from '../project/diff.ts';
import { regenerateFlags } from '../project/project-flags.ts';
import { statusSyntax } from '../project/status.ts';
import { undoSyntax } from '../project/undo.ts';

export interface CompletionGrammar {
  readonly flags: readonly CompletedFlag[];
  readonly commands: readonly CompletedCommand[];
}

export interface CompletedFlag {
  /** Every spelling without its dashes: `io-model`, `io`. */
  readonly names: readonly string[];
  readonly takes: 'nothing' | 'value' | 'file';
  /** Empty where the value cannot be told. */
  readonly values: readonly string[];
  readonly help: string;
}

export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly operands: readonly string[];
  readonly flags: readonly CompletedFlag[];
}

export const kShells = ['bash', 'zsh', 'fish'] as const;

export function completionGrammar(catalog: Catalog): CompletionGrammar {
  const json: Flag = { name: 'json', takes: 'switch', help: 'one JSON object', group: '' };
  return {
    flags: createFlags(catalog).map(completed),
    commands: [
      command('regenerate', 'the project with other answers', [], regenerateFlags(catalog)),
      command('add', 'more of the same project', kindsOf(catalog), addFlags(catalog)),
      command('check', 'would regenerating change anything?', [], checkSyntax.flags),
      command('status', 'what became of each file', [], statusSyntax.flags),
      command('diff', 'what regenerating would change', [], diffSyntax.flags),
      command('undo', 'takes the last update back', [], undoSyntax.flags),
      command('pack', 'templates of your own', Object.keys(kPackSyntaxes), packFlags()),
      command('options', 'every question, choice and architecture', [], [json]),
      command('explain', 'what a choice is and what it excludes', topics(catalog), []),
      command('doctor', 'what this machine lacks', [], kDoctorFlags),
      command('completion', 'a completion script', kShells, []),
    ],
  };
}

function kindsOf({ additions }: Catalog): readonly string[] {
  return additions.map(({ kind }) => kind);
}

/** Of all kinds: which one it is stands in front of them, where a shell does not look. */
function addFlags({ additions }: Catalog): readonly Flag[] {
  const flags = additions.flatMap((kind) => addSyntax(kind).flags);
  return [...new Map(flags.map((flag) => [flag.name, flag])).values()];
}

function packFlags(): readonly Flag[] {
  const flags = Object.values(kPackSyntaxes).flatMap((syntax) => syntax.flags);
  return [...new Map(flags.map((flag) => [flag.name, flag])).values()];
}

function command(
  name: string,
  help: string,
  operands: readonly string[],
  flags: readonly Flag[],
): CompletedCommand {
  return { name, help, operands, flags: flags.map(completed) };
}

function completed({ name, aliases = [], takes, values = [], help }: Flag): CompletedFlag {
  const names = [name, ...aliases];
  const negated = takes === 'toggle' ? names.map((own) => `no-${own}`) : [];
  const valued = takes === 'value' || takes === 'list';
  const kind = name === 'answers' ? 'file' : valued ? 'value' : 'nothing';
  return { names: [...names, ...negated], takes: kind, values, help };
}

/** `io.model`, `io.model=epoll` …: what `explain` explains. */
function topics({ questions }: Catalog): readonly string[] {
  return questions.flatMap((question) => [
    question.key,
    ...(question.kind === 'choice'
      ? question.choices.map(({ value }) => `${question.key}=${value}`)
      : []),
  ]);
}
