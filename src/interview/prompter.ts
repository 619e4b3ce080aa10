/** The port between the wizard and whatever asks: a terminal, or a script in a test. */

import type { FlowStep } from '../plan/generator.ts';
import type { Offer } from './offers.ts';

export interface Entry {
  readonly title: string;
  readonly value: string;
  /** The value where there is little room; null if it says nothing there: the default, or "no". */
  readonly brief: string | null;
  /** Whose choice it is: the user's, a preset's, or the default. */
  readonly origin: 'user' | 'preset' | 'default';
}

/** One question with everything shown around it. */
export interface Page {
  readonly group: string;
  readonly position: { readonly step: number; readonly steps: number };
  /** What is answered so far; at the end, everything. */
  readonly summary: readonly Entry[];
  readonly title: string;
  readonly help: string;
  /** Why the last answer was rejected. */
  readonly complaint: string | null;
  readonly field: ChoiceField | MultiField | TextField;
  /**
   * The five-step table that would result from this value; null while the architecture is
   * undecided.
   */
  readonly flow: (candidate: string) => readonly FlowStep[] | null;
  readonly last: boolean;
}

export interface ChoiceField {
  readonly kind: 'choice';
  readonly offers: readonly Offer[];
  /** The value the cursor starts on. */
  readonly initial: string;
}

/** Answered by the chosen values, separated by commas. */
export interface MultiField {
  readonly kind: 'multi';
  readonly offers: readonly Offer[];
  readonly chosen: readonly string[];
}

export interface TextField {
  readonly kind: 'text';
  /** Used if nothing is typed. */
  readonly fallback: string;
  /** Already in the field, to be edited: the answer before Esc. */
  readonly typed: string;
}

export type Reply =
  | { readonly kind: 'answer'; readonly value: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancel' };

export interface Prompter {
  readonly ask: (page: Page) => Promise<Reply>;
}
