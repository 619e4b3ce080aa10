/** `hppack.json` as it is after reading: what is left out there has its default here. */

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

/** What `extends` says for a pack that has no parent but the built-in one. */
export const kBuiltIn = 'built-in';

export interface PackDocument {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** The range of create-hpserver's versions that it works with. */
  readonly engine: string;
  /** `built-in`, or the source of the one parent; a folder is relative to the pack. */
  readonly extends: string;
  readonly questions: readonly Question[];
  readonly constraints: readonly Rule[];
  readonly presets: readonly Preset[];
  readonly files: readonly PackFile[];
  readonly settings: readonly PackSetting[];
  /** Beside its settings. */
  readonly contributes: PackContributions;
  readonly additions: readonly PackAddition[];
  /** Ids of files in an earlier version → the present ones. */
  readonly renames: Readonly<Record<string, string>>;
  readonly migrations: readonly PackMigration[];
  /** Code: a module that exports `generators`. */
  readonly generators?: string;
  /** Code: a module whose exports templates may call. */
  readonly helpers?: string;
  /** Code: commands that are run in the project once it is written, each an argv array. */
  readonly hooks: readonly (readonly string[])[];
}

export interface PackFile {
  /** By default `from`; stable, also when `from` or `to` change (see `renames`). */
  readonly id?: string;
  /** Below `templates/`; what ends in `.hbs` is rendered, all else is copied. */
  readonly from: string;
  /** Below the project; `{{name}}` and other texts may stand in it. */
  readonly to: string;
  readonly when?: Condition;
  readonly owner: Owner;
  readonly mode: '644' | '755';
  readonly registrations?: readonly Registration[];
}

type Conditional<Item> = Item & { readonly when?: Condition };

/** Each list is that of `Contributed` by the same name; its texts stand in objects. */
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
  /** What `auto` stands for, in words. */
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
  /** One set of them for each addition; they see its answers as `addition`. */
  readonly files: readonly PackFile[];
}

/** What becomes of answers that an earlier version has asked for. */
export interface PackMigration {
  /** The range of versions whose answers it understands: `<2.0.0`. */
  readonly from: string;
  /** Old key → new key. */
  readonly rename: Readonly<Record<string, string>>;
  /** Key (the new one) → old value, as a text → new value. */
  readonly map: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly drop: readonly string[];
}

/** The parts of a pack that are code, and run only when the user trusts it. */
export function codeOf({ generators, helpers }: PackDocument): readonly string[] {
  return [generators, helpers].filter((path) => path !== undefined);
}

/** What stands in the place of an `hppack.json` in a folder of plop. */
export function isPlopfile(path: string): boolean {
  return /^plopfile\.[cm]?[jt]s$/.test(path);
}
