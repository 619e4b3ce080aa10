/**
 * Answers prompts without a terminal. Inquirer does everything else as usual: it evaluates `when`,
 * computes messages, defaults and choices, and collects the answers.
 */

import type { NodePlopAPI } from 'node-plop';
import { messageOf } from '../../../error.ts';
import type { Value, Values } from '../../../spec/question.ts';
import { kAuto, keyOf } from '../protocol.ts';
import { checkedOf, choicesOf, chosen, type Prompt, shapeOf } from './shape.ts';

export interface Answering {
  readonly plop: NodePlopAPI;
  readonly values: Values;
  readonly onAsked?: (prompt: Prompt) => void;
  /** Defaults need not pass `validate`. */
  readonly lenient?: boolean;
}

/** An answer the plopfile does not accept. */
export class PromptRefusal extends Error {
  readonly prompt: string;

  constructor(prompt: string, message: string) {
    super(message);
    this.prompt = prompt;
  }
}

interface Inquirer {
  readonly prompt: { readonly prompts: Record<string, unknown> };
  readonly registerPrompt: (type: string, prompt: unknown) => void;
}

/** From now on, these values answer all prompts, whatever their type. */
export function answerPrompts(answering: Answering): void {
  const { inquirer } = answering.plop as NodePlopAPI & { inquirer: Inquirer };
  class Answered {
    readonly #run: () => Promise<unknown>;

    constructor(prompt: Prompt, _terminal: unknown, answers: object) {
      this.#run = () => answer(prompt, answers, answering);
    }

    run(): Promise<unknown> {
      return this.#run();
    }
  }
  for (const type of Object.keys(inquirer.prompt.prompts)) inquirer.registerPrompt(type, Answered);
}

async function answer(prompt: Prompt, answers: object, answering: Answering): Promise<unknown> {
  answering.onAsked?.(prompt);
  const name = String(prompt.name);
  try {
    const meant = meaningOf(prompt, answering.values[keyOf(name)]);
    const { filter, validate } = prompt;
    const filtered = typeof filter === 'function' ? await filter(meant, answers) : meant;
    if (answering.lenient === true || typeof validate !== 'function') return filtered;
    const verdict: unknown = await validate(filtered, answers);
    if (verdict === true) return filtered;
    throw new PromptRefusal(name, typeof verdict === 'string' ? verdict : 'it is not valid');
  } catch (thrown) {
    if (thrown instanceof PromptRefusal) throw thrown;
    throw new PromptRefusal(name, messageOf(thrown));
  }
}

/** The answer that a person at the keyboard would have given. */
function meaningOf(prompt: Prompt, said: Value | undefined): unknown {
  switch (shapeOf(prompt)) {
    case 'text':
      return textMeant(prompt, said);
    case 'number':
      return said === undefined || said === kAuto ? (prompt.default ?? Number.NaN) : Number(said);
    case 'boolean':
      if (said === undefined || said === kAuto) return Boolean(prompt.default ?? true);
      return said === true || said === 'true';
    case 'choice':
      return choiceMeant(prompt, said);
    case 'choices':
      return choicesMeant(prompt, said);
  }
}

function textMeant(prompt: Prompt, said: Value | undefined): unknown {
  const standard = prompt.default ?? '';
  return said === undefined || said === '' || said === String(standard) ? standard : String(said);
}

function choiceMeant(prompt: Prompt, said: Value | undefined): unknown {
  const choices = choicesOf(prompt);
  const found = choices.find(({ value }) => value === said);
  if (found !== undefined) return found.meant;
  if (said !== undefined && said !== '' && said !== kAuto) throw noChoice(prompt, String(said));
  return (chosen(prompt, prompt.default) ?? choices[0])?.meant;
}

function choicesMeant(prompt: Prompt, said: Value | undefined): readonly unknown[] {
  if (said === undefined || said === kAuto) return checkedOf(prompt).map(({ meant }) => meant);
  const words = String(said).split(',');
  return words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const found = choicesOf(prompt).find(({ value }) => value === word);
      if (found === undefined) throw noChoice(prompt, word);
      return found.meant;
    });
}

function noChoice(prompt: Prompt, said: string): PromptRefusal {
  const possible = choicesOf(prompt).map(({ value }) => value);
  const message = `"${said}" is not one of: ${possible.join(', ')}`;
  return new PromptRefusal(String(prompt.name), message);
}
