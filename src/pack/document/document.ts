/** `hppack.json` after reading: defaults are filled in for what was left out. */

import type { Ability, Contributed } from '../../plan/contribution.ts';
import type { Registration } from '../../plan/generator.ts';
import type {
  AddressShape,
  NumberShape,
  PathShape,
  Setting,
  Shape,
  TextShape,
} from '../../plan/setting.ts';
import type { AdditionKind } from '../../spec/addition.ts';
import type { Owner } from '../../spec/owner.ts';
import type { Condition, Question, Value } from '../../spec/question.ts';
import type { Preset, Rule } from '../../spec/rule.ts';

export const kDocumentName = 'hppack.json';

/** The value of `extends` in a pack whose only parent is the built-in one. */
export const kBuiltIn = 'built-in';

export interface PackDocument {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** The range of create-hpserver versions it works with. */
  readonly engine: string;
  /** `built-in`, or the source of the one parent; a folder is relative to the pack. */
  readonly extends: string;
  readonly questions: readonly Question[];
  readonly constraints: readonly Rule[];
  readonly presets: readonly Preset[];
  readonly files: readonly PackFile[];
  readonly settings: readonly PackSetting[];
  /** What it contributes besides settings. */
  readonly contributes: PackContributions;
  readonly additions: readonly PackAddition[];
  /** Ids of an earlier version's files → the present ones. */
  readonly renames: Readonly<Record<string, string>>;
  readonly migrations: readonly PackMigration[];
  /** Code: a module that exports `generators`. */
  readonly generators?: string;
  /** Code: a module whose exports templates may call. */
  readonly helpers?: string;
  /** Code: commands to run in the project once it is written, each an argv array. */
  readonly hooks: readonly (readonly string[])[];
}

export interface PackFile {
  /** By default `from`; stable, even if `from` or `to` changes (see `renames`). */
  readonly id?: string;
  /** Below `templates/`; files ending in `.hbs` are rendered, all others copied. */
  readonly from: string;
  /** Below the project; may contain `{{name}}` and other texts. */
  readonly to: string;
  readonly when?: Condition;
  readonly owner: Owner;
  readonly mode: '644' | '755';
  readonly registrations?: readonly Registration[];
}

type Conditional<Item> = Item & { readonly when?: Condition };

/**
 * Each list corresponds to the list of the same name in `Contributed`, but its texts are in
 * objects.
 */
export type PackContributions = {
  readonly [Kind in Exclude<
    keyof Contributed,
    'settings' | 'abilities' | 'core' | 'summary'
  >]: readonly Conditional<Contributed[Kind]['items'][number]>[];
} & {
  readonly abilities: readonly Conditional<{ readonly ability: Ability }>[];
  readonly core: readonly Conditional<{ readonly header: string }>[];
  readonly summary: readonly Conditional<{ readonly line: string }>[];
};

/** A setting of the generated server. */
export interface PackSetting extends Omit<Setting, 'takes' | 'check'> {
  readonly takes:
    | Exclude<Shape, AddressShape | NumberShape | PathShape | TextShape>
    | PackAddress
    | PackNumber
    | PackPath
    | PackText;
  readonly when?: Condition;
}

interface PackNumber extends Omit<NumberShape, 'auto'> {
  /** What `auto` means, in words. */
  readonly auto?: string;
}

interface PackPath extends Omit<PathShape, 'word'> {
  readonly word?: string;
}

interface PackAddress extends Omit<AddressShape, 'word'> {
  readonly word?: string;
}

interface PackText extends Omit<TextShape, 'empty'> {
  readonly empty?: string;
}

export interface PackAddition extends AdditionKind {
  /** One set of files for each addition; they see its answers as `addition`. */
  readonly files: readonly PackFile[];
}

/** What happens to answers that an earlier version asked for. */
export interface PackMigration {
  /** The range of versions whose answers it understands: `<2.0.0`. */
  readonly from: string;
  /** Old key → new key. */
  readonly rename: Readonly<Record<string, string>>;
  /** The value to replace, as a text, and its new value, for each key (the new one). */
  readonly map: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly drop: readonly string[];
}

/** The parts of a pack that are code, and run only if the user trusts it. */
export function codeOf({ generators, helpers }: PackDocument): readonly string[] {
  return [generators, helpers].filter((path) => path !== undefined);
}

/** What replaces `hppack.json` in a plop folder. */
export function isPlopfile(path: string): boolean {
  return /^plopfile\.[cm]?[jt]s$/.test(path);
}
