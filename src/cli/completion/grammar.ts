/**
 * What a shell may complete: the flags of the main command, and the commands with their operands.
 */

import type { Catalog } from '../../plan/catalog.ts';
import { choicesOf } from '../../spec/choices.ts';
import { type CommandName, kCommands } from '../commands.ts';
import { createFlags } from '../create/flags/create-flags.ts';
import { kDoctorFlags } from '../doctor/flags.ts';
import { explainSyntax } from '../explain.ts';
import type { Flag } from '../flags.ts';
import { optionsSyntax } from '../options.ts';
import { kPackSyntaxes } from '../pack/syntax.ts';
import { addSyntax } from '../project/add.ts';
import { addFeatureSyntax, deciding } from '../project/add-feature.ts';
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
  /** The one-letter form of the flag; null if there is none. */
  readonly short: string | null;
  readonly takes: 'nothing' | 'value' | 'file';
  /** Empty if the values aren't known in advance. */
  readonly values: readonly string[];
  readonly help: string;
}

export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly operands: readonly string[];
  readonly flags: readonly CompletedFlag[];
  /** The subcommands that its first word may name: `add route`, `pack lint`. */
  readonly commands: readonly CompletedCommand[];
}

export const kShells = ['bash', 'zsh', 'fish'] as const;

export function completionGrammar(catalog: Catalog): CompletionGrammar {
  const words = wordsOf(catalog);
  return {
    flags: withAnswers(createFlags(catalog), catalog),
    commands: kCommands.map(({ name, help }) => ({ ...kNoWords, ...words[name], name, help })),
  };
}

const kNoWords = { operands: [], flags: [], commands: [] } as const;

type Words = Partial<Omit<CompletedCommand, 'name' | 'help'>>;

/** What may follow each command. */
function wordsOf(catalog: Catalog): Readonly<Record<CommandName, Words>> {
  return {
    regenerate: { flags: withAnswers(regenerateFlags(catalog), catalog) },
    add: { commands: kindsOf(catalog) },
    check: { flags: checkSyntax.flags.map(completed) },
    status: { flags: statusSyntax.flags.map(completed) },
    diff: { flags: diffSyntax.flags.map(completed) },
    undo: { flags: undoSyntax.flags.map(completed) },
    pack: { commands: packCommands() },
    options: { flags: optionsSyntax.flags.map(completed) },
    explain: { operands: topics(catalog), flags: explainSyntax.flags.map(completed) },
    doctor: { flags: kDoctorFlags.map(completed) },
    completion: { operands: kShells },
  };
}

/** After the kind, suggests the choices of its first question, if that question has any. */
function kindsOf(catalog: Catalog): readonly CompletedCommand[] {
  const added = catalog.additions.map((kind) => {
    const [first] = kind.questions;
    const words = (first === undefined ? [] : choicesOf(first)).map(({ value }) => value);
    return command(kind.kind, kind.title, words, addSyntax(kind).flags);
  });
  const switchedOn = catalog.features.map((feature) => {
    const choices = choicesOf(deciding(feature, catalog.questions));
    const words = choices.map(({ value }) => value).filter((value) => value !== feature.off);
    return command(feature.kind, feature.title, words, addFeatureSyntax(feature, catalog).flags);
  });
  return [...added, ...switchedOn];
}

function packCommands(): readonly CompletedCommand[] {
  return Object.entries(kPackSyntaxes).map(([name, { summary, flags }]) =>
    command(name, summary, [], flags),
  );
}

function command(
  name: string,
  help: string,
  operands: readonly string[],
  flags: readonly Flag[],
): CompletedCommand {
  return { name, help, operands, flags: flags.map(completed), commands: [] };
}

const kPlaces = new Set(['FILE', 'DIR', 'PATH', 'SOURCE']);

function completed(flag: Flag): CompletedFlag {
  const { name, aliases = [], short = null, takes, values = [], placeholder = '', help } = flag;
  const names = [name, ...aliases];
  const negated = takes === 'toggle' ? names.map((own) => `no-${own}`) : [];
  const valued = takes === 'value' || takes === 'list';
  const kind = kPlaces.has(placeholder) ? 'file' : valued ? 'value' : 'nothing';
  return { names: [...names, ...negated], short, takes: kind, values, help };
}

/** Lets `--set` complete `KEY=VALUE` for every question, like the operand of `explain`. */
function withAnswers(flags: readonly Flag[], catalog: Catalog): readonly CompletedFlag[] {
  const answers = topics(catalog).filter((topic) => topic.includes('='));
  return flags.map((flag) => {
    return flag.name === 'set' ? { ...completed(flag), values: answers } : completed(flag);
  });
}

/** `io.model`, `io.model=epoll` …: what `explain` explains. */
function topics({ questions }: Catalog): readonly string[] {
  return questions.flatMap((question) => [
    question.key,
    ...choicesOf(question).map(({ value }) => `${question.key}=${value}`),
  ]);
}
