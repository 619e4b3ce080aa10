/** Describes the form of a plop prompt's answer. */

import type { DescribedChoice, Shape } from '../protocol.ts';

/**
 * A question of Inquirer's. A plopfile may leave out any property, and use functions nearly
 * everywhere.
 */
export interface Prompt {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly message?: unknown;
  readonly default?: unknown;
  readonly choices?: unknown;
  readonly filter?: unknown;
  readonly validate?: unknown;
}

export interface PromptChoice extends DescribedChoice {
  /** The value passed to the plopfile. */
  readonly meant: unknown;
  readonly checked: boolean;
}

const kShapes: Readonly<Record<string, Shape>> = {
  input: 'text',
  password: 'text',
  editor: 'text',
  confirm: 'boolean',
  number: 'number',
  checkbox: 'choices',
};

/**
 * If the plopfile defines the prompt's type, the shape depends on whether the prompt has choices.
 */
export function shapeOf(prompt: Prompt): Shape {
  const type = String(prompt.type ?? 'input');
  const known = kShapes[type];
  if (known !== undefined) return known;
  if (type.includes('checkbox')) return 'choices';
  return choicesOf(prompt).length > 0 ? 'choice' : 'text';
}

/** The choices in order, without separators and disabled entries. */
export function choicesOf({ choices }: Prompt): readonly PromptChoice[] {
  if (!Array.isArray(choices)) return [];
  const found = choices.flatMap((choice: unknown) => choiceOf(choice));
  return found.filter(({ value }, at) => found.findIndex((other) => other.value === value) === at);
}

function choiceOf(choice: unknown): readonly PromptChoice[] {
  if (typeof choice !== 'object' || choice === null) {
    return [{ value: String(choice), label: String(choice), meant: choice, checked: false }];
  }
  const { type, disabled, name, value, short, key, checked } = choice as Record<string, unknown>;
  if (type === 'separator' || (disabled !== undefined && disabled !== false)) return [];
  const meant = value ?? name ?? key;
  const word = typeof meant === 'object' ? (short ?? name) : meant;
  const label = String(name ?? word);
  return [{ value: String(word), label, meant, checked: checked === true }];
}

/** The choice to which a default refers, by its value or by its index. */
export function chosen(prompt: Prompt, wanted: unknown): PromptChoice | undefined {
  const choices = choicesOf(prompt);
  const found = choices.find(({ meant }) => meant === wanted);
  return found ?? (typeof wanted === 'number' ? choices[wanted] : undefined);
}

/** The choices that are selected if the user just presses Enter. */
export function checkedOf(prompt: Prompt): readonly PromptChoice[] {
  const said = prompt.default;
  return choicesOf(prompt).filter(({ meant, checked }) =>
    Array.isArray(said) ? said.includes(meant) : checked,
  );
}
