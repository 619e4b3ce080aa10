/** A plopfile's prompts as questions, as far as they can be described as data. */

import type { AdditionKind } from '../../spec/addition.ts';
import type { Choice, Question, TextQuestion } from '../../spec/question.ts';
import { type DescribedGenerator, type DescribedPrompt, kAuto, keyOf } from './protocol.ts';

/** A generator as a kind of addition; the question that names it comes first. */
export function additionKindOf(generator: DescribedGenerator, source: string): AdditionKind {
  const { name, description } = generator;
  return {
    kind: name,
    title: description === '' ? name : description,
    help: `The generator "${name}" of the plopfile in ${source}.`,
    questions: questionsOf(generator),
  };
}

/**
 * The first question names the addition, so its answers must differ. It is a text, preferably
 * `name`.
 */
function questionsOf({ name, prompts }: DescribedGenerator): readonly Question[] {
  const questions = prompts.map(questionOf);
  const texts = questions.filter(({ kind }) => kind === 'text');
  const only = questions.length === 1 ? questions[0] : undefined;
  const naming = texts.find(({ key }) => key === 'name') ?? texts[0] ?? only ?? labelOf(name);
  return [naming, ...questions.filter((question) => question !== naming)];
}

/** Asked first if none of the prompts can name the addition. */
function labelOf(generator: string): TextQuestion {
  return {
    ...baseOf('addition', 'Name of this addition'),
    help: 'Any word that distinguishes it from others of its kind; the plopfile does not see it.',
    kind: 'text',
    default: generator,
  };
}

function questionOf(prompt: DescribedPrompt): Question {
  const base = baseOf(keyOf(prompt.name), prompt.message);
  const { shape, choices } = prompt;
  const said = prompt.default;
  switch (shape) {
    case 'text':
      return { ...base, kind: 'text', default: String(said ?? '') };
    case 'number': {
      const bounds = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
      const auto = { auto: true, default: typeof said === 'number' ? said : kAuto } as const;
      return { ...base, kind: 'number', ...auto, ...bounds, unit: "the plopfile's default" };
    }
    case 'boolean':
      if (typeof said === 'boolean') return { ...base, kind: 'boolean', default: said };
      return { ...base, kind: 'choice', default: kAuto, choices: choicesOf(prompt, kYesOrNo) };
    case 'choice':
      // If choices are computed, the plopfile itself checks the answer when the addition is made.
      if (choices.length === 0) return { ...base, kind: 'text', default: '' };
      return {
        ...base,
        kind: 'choice',
        default: String(said ?? kAuto),
        choices: choicesOf(prompt, choices),
      };
    case 'choices':
      return { ...base, kind: 'text', default: String(said ?? kAuto), ...listOf(prompt) };
  }
}

const kYesOrNo = [
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

function baseOf(key: string, title: string) {
  const flag = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').replaceAll(/[^A-Za-z0-9]+/g, '-');
  const lower = flag.toLowerCase();
  const aliases = lower === key || !/^[A-Za-z][\w-]*$/.test(key) ? [] : [key];
  return {
    key,
    flag: lower,
    aliases,
    group: 'Plopfile',
    depth: 'basic',
    title,
    help: title,
  } as const;
}

function choicesOf(
  { default: said }: DescribedPrompt,
  choices: DescribedPrompt['choices'],
): readonly Choice[] {
  const auto = said === null ? [{ value: kAuto, label: "the plopfile's choice" }] : [];
  return [...auto, ...choices].map(({ value, label }) => {
    return { value, label, tradeoff: '', explanation: '' };
  });
}

/** Several choices: `unit,e2e`; an empty text means none of them. */
function listOf({ choices, default: said }: DescribedPrompt): Partial<TextQuestion> {
  if (choices.length === 0) return {};
  const words = choices.map(({ value }) => value);
  const one = `(?:${words.map(literally).join('|')})`;
  const auto = said === null ? `|${kAuto}` : '';
  return {
    pattern: `(?:${one}(?:,${one})*)?${auto}`,
    patternMeaning: `none, one or several of ${words.join(', ')}, separated by commas`,
  };
}

/** Escaped so a regular expression matches it literally. */
function literally(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
