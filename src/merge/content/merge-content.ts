/** One file that both sides changed: its three texts → one, or the reason why not. */

import type { Registration } from '../../plan/generator.ts';

export interface ThreeTexts {
  /** Decides the format: `.json`, `.ts`, all else is lines. */
  readonly path: string;
  readonly base: string;
  readonly disk: string;
  readonly next: string;
  readonly registrations: readonly Registration[];
}

export type MergedContent =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflict'; readonly reason: string; readonly marked: string | null };

export async function mergeContent(_texts: ThreeTexts): Promise<MergedContent> {
  return { kind: 'conflict', reason: 'not there yet', marked: null };
}
