/** A prompter that answers from a list and keeps the pages it was shown. */

import type { Page, Prompter, Reply } from './prompter.ts';

export interface ScriptedPrompter extends Prompter {
  readonly pages: readonly Page[];
}

/** Cancels once its script runs out. */
export function scripted(replies: readonly (Reply | string)[]): ScriptedPrompter {
  const pages: Page[] = [];
  const left = [...replies];
  return {
    pages,
    ask: async (page) => {
      pages.push(page);
      const next = left.shift() ?? { kind: 'cancel' };
      return typeof next === 'string' ? { kind: 'answer', value: next } : next;
    },
  };
}
