/**
 * A question of the wizard: pure data, the only source for prompts, flags, docs, completion and
 * validation.
 */

export type Atom = string | number | boolean;

/** A set is a list of its choices, in order and each once. */
export type Value = Atom | readonly string[];

/** Raw input, by dotted question key; nothing in it has been checked. */
export type Answers = Readonly<Record<string, unknown>>;

/** The validated values, by dotted question key. */
export type Values = Readonly<Record<string, Value>>;

/**
 * True if every key has one of its values: `{'io.model': ['epoll', 'poll']}`. A set must contain
 * one of them.
 */
export type AllOf = Readonly<Record<string, readonly Atom[]>>;

/**
 * Like `AllOf`, but in addition `not` must not hold, and one of `any` must hold. If a key has no
 * value yet, the part that names it is false, and so is a `not` around that part: an open question
 * decides nothing.
 */
export interface Condition {
  readonly not?: Condition | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly [key: string]: readonly Atom[] | readonly Condition[] | Condition | undefined;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** One line: the gain and the cost. */
  readonly tradeoff: string;
  /** A paragraph or two for `explain`. */
  readonly explanation: string;
}

interface QuestionBase {
  /** Dotted and stable: it is the key in `hpserver.json`. */
  readonly key: string;
  /** Long flag without dashes; by default the key with dots as dashes. */
  readonly flag?: string;
  /** Further long flags without dashes: `io` for `io-model`. */
  readonly aliases?: readonly string[];
  /** The page of the wizard that shows it. */
  readonly group: string;
  /** `basic` questions are always asked; `custom` ones only after "customise". */
  readonly depth: 'basic' | 'custom';
  readonly title: string;
  /** What it is and when it matters, for `--help` and `explain`. */
  readonly help: string;
  /** What to know before choosing: a paragraph for `explain`. */
  readonly explanation?: string;
  /** Asked (and stored) only if this holds. */
  readonly when?: Condition;
  /** Defaults under other conditions. The first whose condition holds is used. */
  readonly usual?: readonly { readonly when: Condition; readonly value: Value }[];
}

export interface ChoiceQuestion extends QuestionBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  readonly default: string;
  /** The question is a dimension of `catalog.architectures()`. */
  readonly shapesArchitecture?: true;
}

/** Several of the choices, or none. */
export interface MultiQuestion extends QuestionBase {
  readonly kind: 'multi';
  readonly choices: readonly Choice[];
  readonly default: readonly string[];
}

export interface TextQuestion extends QuestionBase {
  readonly kind: 'text';
  readonly default: string;
  /** A JavaScript regular expression that must match the whole value. */
  readonly pattern?: string;
  /**
   * Whether a value matches the pattern, in linear time. Needed for patterns that come from packs.
   */
  readonly matches?: (value: string) => boolean;
  /** What the pattern means, in words: "lower-case letters, digits and dashes". */
  readonly patternMeaning?: string;
  readonly maxLength?: number;
}

/** The path of a file or folder. What a relative path is relative to depends on the question. */
export interface PathQuestion extends QuestionBase {
  readonly kind: 'path';
  readonly default: string;
  /** Whether it must be absolute: its reader has another working directory. */
  readonly absolute: boolean;
}

export interface NumberQuestion extends QuestionBase {
  readonly kind: 'number';
  readonly default: number | 'auto';
  /** `auto` is a valid answer too. */
  readonly auto?: boolean;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

export interface BooleanQuestion extends QuestionBase {
  readonly kind: 'boolean';
  readonly default: boolean;
}

export type Question =
  | ChoiceQuestion
  | MultiQuestion
  | TextQuestion
  | PathQuestion
  | NumberQuestion
  | BooleanQuestion;
