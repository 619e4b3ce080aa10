/** The prompter for a person at a terminal. */

import { ExitPromptError } from '@inquirer/core';
import inquirer from 'inquirer';
import type { Paint } from '../console/paint.ts';
import type { Prompter } from '../interview/prompter.ts';
import { choicePrompt, multiPrompt, type Prompts, textPrompt } from './prompts.ts';

/** Each page replaces the previous one, and at the end nothing stays on the screen. */
export function terminalPrompter(paint: Paint): Prompter {
  const prompt = inquirer.createPromptModule<Prompts>({ clearPromptOnDone: true });
  prompt
    .registerPrompt('choice', choicePrompt)
    .registerPrompt('multi', multiPrompt)
    .registerPrompt('text', textPrompt);
  return {
    ask: async (page) => {
      const drawn = { name: 'reply', message: page.title, page, paint, output: process.stdout };
      try {
        return (await prompt({ type: page.field.kind, ...drawn })).reply;
      } catch (thrown) {
        // Ctrl-C, or a signal that would end the process.
        if (thrown instanceof ExitPromptError) return { kind: 'cancel' };
        throw thrown;
      }
    },
  };
}
