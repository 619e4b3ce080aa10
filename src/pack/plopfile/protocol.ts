/** The messages to and from the process that runs a plopfile. JSON in both directions. */

import type { Value, Values } from '../../spec/question.ts';

/** Where a plopfile runs. The process knows this before it gets its task. */
export interface PlopfilePlace {
  /** Absolute, like the folders. */
  readonly plopfile: string;
  /** `plop.getDestBasePath()`, and the working directory of its actions. */
  readonly destination: string;
  /**
   * The user's project, for which the destination stands in. Only it contains the user's own files.
   */
  readonly project: string;
  /** Where its temporary files go. */
  readonly scratch: string;
  /** Whether it may write to the destination; otherwise only to the scratch folder. */
  readonly writes: boolean;
}

export type Task =
  /** Which generators are there, and what do they ask? */
  | { readonly task: 'describe' }
  /** Answers the prompts of one generator, and runs its actions. */
  | {
      readonly task: 'take';
      readonly generator: string;
      /** The answers, by the keys of the generator's questions. */
      readonly values: Values;
    };

export function writableOf({ destination, scratch, writes }: PlopfilePlace): readonly string[] {
  return writes ? [destination, scratch] : [scratch];
}

export type Outcome = Described | Taken | Refused;

export interface Described {
  readonly kind: 'described';
  readonly generators: readonly DescribedGenerator[];
}

export interface Taken {
  readonly kind: 'taken';
}

export interface Refused {
  readonly kind: 'refused';
  /** The plopfile cannot be loaded, an answer is not accepted, or an action has failed. */
  readonly stage: 'plopfile' | 'prompt' | 'action';
  /** `plopfile.js:3`, `prompt name`, `action 2 (modify src/routes.ts)`. */
  readonly at: string;
  readonly message: string;
}

export interface DescribedGenerator {
  readonly name: string;
  readonly description: string;
  readonly prompts: readonly DescribedPrompt[];
}

/** A prompt, as far as it can be described as data. */
export interface DescribedPrompt {
  readonly name: string;
  readonly message: string;
  readonly shape: Shape;
  /** Null if the plopfile computes it, or there is none. */
  readonly default: Value | null;
  /** What can be chosen; empty if the plopfile computes it. */
  readonly choices: readonly DescribedChoice[];
}

export type Shape = 'text' | 'number' | 'boolean' | 'choice' | 'choices';

export interface DescribedChoice {
  readonly value: string;
  readonly label: string;
}

/**
 * The answer that leaves the decision to the plopfile, where an empty text would mean something
 * else.
 */
export const kAuto = 'auto';

/** A prompt can't be called `kind`: in `hpserver.json` that key is the kind of the addition. */
export function keyOf(promptName: string): string {
  return promptName === 'kind' ? 'kind-of' : promptName;
}
