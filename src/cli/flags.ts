/**
 * Flags as data. Reading a command line collects every problem instead of stopping at the first.
 */

import { Command, Option } from 'commander';
import type { Issue } from '../error.ts';
import { nearest } from '../spec/words/nearest.ts';

export interface Flag {
  /** Long form without dashes. */
  readonly name: string;
  /** One letter without its dash. */
  readonly short?: string;
  readonly aliases?: readonly string[];
  /** `switch`: `--x` alone. `toggle`: `--x` or `--no-x`. `list`: a value, repeatable. */
  readonly takes: 'switch' | 'toggle' | 'value' | 'list';
  /** The value as help shows it: `FILE`. */
  readonly placeholder?: string;
  /** All valid values, if they are known in advance: for help and completion. */
  readonly values?: readonly string[];
  /** Several values may be given, separated by commas. */
  readonly several?: boolean;
  readonly help: string;
  /** The heading under which help shows it. */
  readonly group: string;
}

/** The heading for flags that control what a command writes and prints. */
export const kDoing = 'Output';

/** The heading for all other flags of a command. */
export const kOptions = 'Options';

export type FlagValue = boolean | string | readonly string[];

export interface ParsedArguments {
  readonly operands: readonly string[];
  /** By flag name, whichever alias was typed. */
  readonly values: ReadonlyMap<string, FlagValue>;
  readonly issues: readonly Issue[];
}

interface Occurrence {
  readonly flag: Flag;
  readonly typed: string;
  readonly value: string | boolean | null;
}

/** Reads `args` by the table of flags; `program` is how the hints name the command. */
export function parseArguments(
  flags: readonly Flag[],
  args: readonly string[],
  program: string,
): ParsedArguments {
  const seen: Occurrence[] = [];
  const command = new Command().exitOverride().helpOption(false).helpCommand(false);
  for (const flag of flags) {
    for (const { typed, definition, value } of spellings(flag)) {
      const option = new Option(definition);
      command.addOption(option);
      command.on(`option:${option.name()}`, (given: string | null | undefined) => {
        seen.push({ flag, typed, value: value ?? given ?? null });
      });
    }
  }
  const { operands, unknown } = command.parseOptions([...args]);
  return {
    operands: [...operands, ...operandsAmong(unknown)],
    values: collect(seen),
    issues: [...unknownFlags(flags, unknown, program), ...wrongUses(seen)],
  };
}

interface Spelling {
  readonly typed: string;
  readonly definition: string;
  /** The value this spelling implies; absent if the command line gives the value. */
  readonly value?: boolean;
}

/**
 * Values are declared optional: otherwise commander would exit at a missing value before we can
 * report it.
 */
function spellings(flag: Flag): readonly Spelling[] {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  return [flag.name, ...(flag.aliases ?? [])].flatMap((name, at): readonly Spelling[] => {
    const definition = `${at === 0 ? short : ''}--${name}`;
    const typed = `--${name}`;
    if (flag.takes === 'switch') return [{ typed, definition, value: true }];
    if (flag.takes === 'toggle') {
      const no = `--no-${name}`;
      return [
        { typed, definition, value: true },
        { typed: no, definition: no, value: false },
      ];
    }
    return [{ typed, definition: `${definition} [value]` }];
  });
}

function collect(seen: readonly Occurrence[]): ReadonlyMap<string, FlagValue> {
  const values = new Map<string, FlagValue>();
  for (const { flag, value } of seen) {
    if (value === null || value === '') continue;
    if (flag.takes === 'list') {
      const before = values.get(flag.name);
      values.set(flag.name, [...(Array.isArray(before) ? before : []), String(value)]);
    } else {
      values.set(flag.name, value);
    }
  }
  return values;
}

function unknownFlags(
  flags: readonly Flag[],
  unknown: readonly string[],
  program: string,
): readonly Issue[] {
  const names = flags.flatMap((flag) => spellings(flag).map(({ typed }) => typed));
  const end = unknown.indexOf('--');
  return unknown
    .slice(0, end === -1 ? unknown.length : end)
    .filter((word) => word.length > 1 && word.startsWith('-'))
    .map((word) => {
      const typed = word.replace(/=.*/s, '');
      const meant = nearest(typed, names);
      const all = `For all flags: ${program} --help`;
      return {
        at: typed,
        message: names.includes(typed) ? `${typed} takes no value` : `there is no flag ${typed}`,
        fix: meant === null ? all : `Did you mean ${meant}? ${all}`,
      };
    });
}

/**
 * Commander reports every word after an unknown flag as unknown. The first of these words may be
 * the flag's value; the others are operands.
 */
function operandsAmong(unknown: readonly string[]): readonly string[] {
  const isFlag = (word: string | undefined) => word?.startsWith('-') === true;
  return unknown.filter((word, at) => {
    const before = unknown[at - 1];
    return !isFlag(word) && !(isFlag(before) && !before?.includes('='));
  });
}

function wrongUses(seen: readonly Occurrence[]): readonly Issue[] {
  const issues: Issue[] = [];
  const first = new Map<Flag, Occurrence>();
  for (const occurrence of seen) {
    const { flag, typed, value } = occurrence;
    if (value === null || value === '') {
      issues.push({ at: typed, message: `${typed} needs a value`, fix: `Write ${usage(flag)}.` });
      continue;
    }
    const before = first.get(flag);
    if (before !== undefined && flag.takes !== 'list' && before.value !== value) {
      issues.push({
        at: typed,
        message: `${spelt(before)} and ${spelt(occurrence)} contradict each other`,
        fix: 'Keep one of them.',
      });
    }
    first.set(flag, before ?? occurrence);
  }
  return issues;
}

function spelt({ typed, value }: Occurrence): string {
  return typeof value === 'string' ? `${typed} ${value}` : typed;
}

/** As users type it: `--io-model epoll|poll`, `--[no-]git`, `--log-targets file|udp[,…]`. */
export function usage(flag: Flag): string {
  if (flag.takes === 'switch') return `--${flag.name}`;
  if (flag.takes === 'toggle') return `--[no-]${flag.name}`;
  const more = flag.several === true ? '[,…]' : '';
  return `--${flag.name} ${flag.values?.join('|') ?? flag.placeholder ?? 'VALUE'}${more}`;
}
