/** A catalog with its files: the built-in one, or one the user brings. */

import type { Assets } from '../plan/assets.ts';
import type { Generator } from '../plan/generator.ts';
import type { Answers } from '../spec/question.ts';
import type { PackReference, Spec } from '../spec/spec.ts';
import type { Tree } from '../tree/tree.ts';
import type { PackCode } from './load/trust.ts';

export interface Pack {
  readonly name: string;
  readonly version: string;
  /** How `hpserver.json` refers to it; null for the built-in one, which is always there. */
  readonly reference: PackReference | null;
  readonly generators: readonly Generator[];
  /** Its own templates, and its replacements for earlier packs' templates and blocks. */
  readonly assets: Assets;
  /**
   * What its trusted code makes of the rendered tree. Deterministic: the same tree and spec give
   * the same tree.
   */
  readonly rework?: (tree: Tree, spec: Spec) => Promise<Tree>;
  /** Converts answers an earlier version asked for to what this version asks. Pure. */
  readonly migrate?: (answers: Answers, from: string) => Answers;
  /**
   * The untrusted code, parents included: what it writes is neither installed nor built, since that
   * would run it.
   */
  readonly untrusted?: readonly PackCode[];
  /** Trusted commands to run in the project once it is written, each an argv array. */
  readonly hooks?: readonly (readonly string[])[];
}
