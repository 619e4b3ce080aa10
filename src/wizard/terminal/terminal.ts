/** The prompter of a person at a terminal. */

import { ExitPromptError } from '@inquirer/core';
import type { Paint } from '../../console/paint.ts';
import type { Page, Prompter, Reply } from '../prompter.ts';
import { choicePrompt, textPrompt } from './prompts.ts';

/** Each page takes the place of the one before it; nothing of them stays on the screen. */
export function terminalPrompter(paint: Paint): Prompter {
  return {
    ask: async (page) => {
      try {
        return await show(page, paint);
      } catch (thrown) {
        // Ctrl-C, and the signals that would end the process.
        if (thrown instanceof ExitPromptError) return { kind: 'cancel' };
        throw thrown;
      }
    },
  };
}

function show(page: Page, paint: Paint): Promise<Reply> {
  const context = { clearPromptOnDone: true };
  const output = process.stdout;
  const { field } = page;
  return field.kind === 'choice'
    ? choicePrompt({ page: { ...page, field }, paint, output }, context)
    : textPrompt({ page: { ...page, field }, paint, output }, context);
}
