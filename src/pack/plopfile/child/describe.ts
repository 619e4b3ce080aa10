/** A plopfile's generators as data. */

import type { NodePlopAPI } from 'node-plop';
import type { Value } from '../../../spec/question.ts';
import type { DescribedGenerator, DescribedPrompt } from '../protocol.ts';
import { answerPrompts } from './answering.ts';
import { checkedOf, choicesOf, chosen, type Prompt, shapeOf } from './shape.ts';

export async function describeGenerators(
  plop: NodePlopAPI,
): Promise<readonly DescribedGenerator[]> {
  const described: DescribedGenerator[] = [];
  for (const { name } of plop.getGeneratorList()) {
    const generator = plop.getGenerator(name);
    const prompts = await promptsOf(plop, name);
    // Inquirer shows prompts without a name, but doesn't keep their answers.
    const named = prompts.filter((prompt) => typeof prompt.name === 'string');
    const description = String(generator.description ?? '');
    described.push({ name, description, prompts: named.map(describePrompt) });
  }
  return described;
}

/**
 * If the prompts come from a function, it is run to find them, and each prompt gets its default. If
 * the function can't go on with the defaults, at least its first prompts are known.
 */
async function promptsOf(plop: NodePlopAPI, name: string): Promise<readonly Prompt[]> {
  const generator = plop.getGenerator(name);
  if (typeof generator.prompts !== 'function') return (generator.prompts ?? []) as Prompt[];
  const asked: Prompt[] = [];
  answerPrompts({ plop, values: {}, onAsked: (prompt) => asked.push(prompt), lenient: true });
  await generator.runPrompts().catch(() => {});
  return asked;
}

function describePrompt(prompt: Prompt): DescribedPrompt {
  const shape = shapeOf(prompt);
  const name = String(prompt.name);
  const message = typeof prompt.message === 'string' ? prompt.message : name;
  const choices = choicesOf(prompt).map(({ value, label }) => ({ value, label }));
  return { name, message, shape, choices, default: defaultOf(prompt) };
}

function defaultOf(prompt: Prompt): Value | null {
  const said = prompt.default;
  if (typeof said === 'function') return null;
  switch (shapeOf(prompt)) {
    case 'text':
      return said === undefined || said === null ? null : String(said);
    case 'number':
      return Number.isSafeInteger(said) ? Number(said) : null;
    case 'boolean':
      return said === undefined || said === null ? true : Boolean(said);
    case 'choice':
      return (chosen(prompt, said) ?? choicesOf(prompt)[0])?.value ?? null;
    case 'choices':
      if (!Array.isArray(prompt.choices)) return null;
      return checkedOf(prompt)
        .map(({ value }) => value)
        .join(',');
  }
}
