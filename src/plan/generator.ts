/** A generator says which files a feature needs, and why. It writes nothing. */

import type { Issue } from '../error.ts';
import type { AdditionKind } from '../spec/addition.ts';
import type { Feature } from '../spec/feature.ts';
import type { Owner } from '../spec/owner.ts';
import type { Question, Values } from '../spec/question.ts';
import type { Preset, Rule } from '../spec/rule.ts';
import type { Spec } from '../spec/spec.ts';
import type { Assets } from './assets.ts';
import type { Taken } from './contributed.ts';
import type { Contributed, Contributions } from './contribution.ts';
import type { Source } from './source.ts';

/** A list within a file that both user and generators extend: it is merged as a set. */
export type Registration =
  /** The import declarations of a TypeScript file. */
  | { readonly kind: 'typescript-imports' }
  /** The calls chained onto a variable's initial value: `routes = new Routes().get(…)`. */
  | { readonly kind: 'typescript-chain'; readonly variable: string }
  /**
   * Whole lines, each of which is an entry. The list begins after the first line that `after`
   * matches, and ends before the next line that `before` matches. These two and `names` are regular
   * expressions for trimmed lines. The groups of `names` say what an entry registers: nothing else
   * in the file may register the same.
   */
  | {
      readonly kind: 'lines';
      readonly after: string;
      readonly before: string;
      readonly names?: string;
      /**
       * Whether a line matches a pattern, in linear time. Needed for patterns that come from packs.
       */
      readonly matches?: (pattern: string, line: string) => boolean;
    };

export interface FileIntent {
  /** Stable across renames: `cpp/main`. */
  readonly id: string;
  /** POSIX path below the project directory. */
  readonly path: string;
  readonly source: Source;
  readonly mode: 0o644 | 0o755;
  readonly owner: Owner;
  /**
   * What shapes this file: keys of questions, and `add KIND` for kinds of additions; empty: it is
   * always the same.
   */
  readonly because: readonly string[];
  readonly registrations?: readonly Registration[];
  /**
   * True if the text is built from the file on disk: then it is right even if both sides changed
   * the same value.
   */
  readonly informed?: true;
}

/** The project's own commands, each an argv array run in its directory; null: nothing to do. */
export interface Commands {
  readonly install: readonly string[] | null;
  readonly build: readonly string[] | null;
  readonly test: readonly string[] | null;
  readonly start: readonly string[] | null;
}

/** What executes one of the five steps (or the re-arming), and by which call. */
export interface FlowStep {
  readonly step: 'wait' | 'accept' | 'read' | 'process' | 'write' | 're-arm';
  readonly executor: string;
  readonly call: string;
}

export interface Generator {
  readonly id: string;
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
  readonly presets?: readonly Preset[];
  /** What `add` can add. */
  readonly additions?: readonly AdditionKind[];
  /** Features that `add` can switch on in a project created without them. */
  readonly features?: readonly Feature[];
  /** Additions of a spec that are incompatible with each other, or with what features use. */
  readonly objections?: (spec: Spec, taken: Taken) => readonly Issue[];
  /** Ids of intents that have changed since an earlier version: old id → present id. */
  readonly renames?: Readonly<Record<string, string>>;
  /** What it contributes to others' files. Pure, like `files`. */
  readonly contributions?: (spec: Spec) => Contributions;
  /** Pure: the same arguments give the same intents, in the same order. */
  readonly files: (spec: Spec, assets: Assets, contributed: Contributed) => readonly FileIntent[];
  /** At most one generator answers for a spec. */
  readonly commands?: (spec: Spec) => Commands | null;
  /** The five-step table for the answers so far; null while it is undecided. */
  readonly flow?: (values: Values) => readonly FlowStep[] | null;
}
