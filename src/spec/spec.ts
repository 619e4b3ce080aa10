/** The validated configuration: frozen, versioned, written to the project as `hpserver.json`. */

import type { Addition } from './addition.ts';
import type { Owner } from './owner.ts';
import type { Value, Values } from './question.ts';

export const kSpecVersion = 2;

export interface Spec extends Extras {
  readonly version: typeof kSpecVersion;
  /** The answers to all questions that apply, sorted by key. */
  readonly values: Values;
}

/** What a configuration holds besides the answers to the questions. */
export interface Extras {
  /** In the order in which they were added. */
  readonly additions: readonly Addition[];
  /**
   * In the order in which later packs override earlier ones. The built-in pack comes before all of
   * them.
   */
  readonly packs: readonly PackReference[];
  /** Path or glob → owner, if the user overrides the generators; the last match wins. */
  readonly owners: Readonly<Record<string, Owner>>;
}

/** A pack as `hpserver.json` refers to it. */
export interface PackReference {
  /** A folder relative to the project (`./packs/ours`), an npm name, a tarball, `git+…#commit`. */
  readonly source: string;
  /** Its name and version when it was last used. */
  readonly name: string;
  readonly version: string;
  /** The hash of its files, in hexadecimal, if fetched or unpacked: a folder may change. */
  readonly sha256?: string;
  /** The parents that were fetched or unpacked, the nearest first. */
  readonly parents?: readonly PinnedPack[];
}

/** A parent as it was when its child was last used. */
export interface PinnedPack {
  readonly source: string;
  readonly version: string;
  readonly sha256: string;
}

export const kNoExtras: Extras = { additions: [], packs: [], owners: {} };

/** The value of a key. A generator may ask only for keys that apply: otherwise it has a bug. */
export function answerOf(spec: Spec, key: string): Value {
  const value = spec.values[key];
  if (value === undefined) throw new Error(`no answer stands for "${key}" in this spec`);
  return value;
}

/** The additions of one kind. */
export function additionsOf(spec: Spec, kind: string): readonly Values[] {
  return spec.additions.filter((addition) => addition.kind === kind).map(({ values }) => values);
}
