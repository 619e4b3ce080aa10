/** The catalog's questions as plop prompts. */

import type { PlopGeneratorConfig } from 'plop';
import type { Catalog } from '../plan/catalog.ts';
import { choicesOf } from '../spec/choices.ts';
import { applies } from '../spec/condition.ts';
import { flagOf } from '../spec/flag.ts';
import { checkValue } from '../spec/parse/check-value.ts';
import type { Answers, Question } from '../spec/question.ts';

type Prompt = Extract<PlopGeneratorConfig['prompts'], readonly unknown[]>[number];
type Grammar = Pick<Catalog, 'questions' | 'rules' | 'presets'>;

export const kCustomise = 'customise';

/** Basic questions, a preset, and the rest for users who customise; as in the wizard. */
export function promptsOf(grammar: Grammar): readonly Prompt[] {
  const open = grammar.questions.filter((question) => isOpen(question));
  const asked = (wanted: Question['depth']): readonly Prompt[] =>
    open.filter(({ depth }) => depth === wanted).map((question) => promptOf(question, grammar));
  return [...asked('basic'), presetPrompt(grammar), ...asked('custom')];
}

/** A question with a single choice isn't asked. */
function isOpen(question: Question): boolean {
  return question.kind !== 'choice' || question.choices.length > 1;
}

function presetPrompt({ presets }: Grammar): Prompt {
  const choices = presets.map(({ id, title, description }) => ({
    name: `${title}: ${description}`,
    value: id,
  }));
  const customise = { name: 'Customise: answer every question', value: kCustomise };
  return {
    type: 'list',
    name: 'preset',
    message: 'Architecture',
    choices: [...choices, customise],
  };
}

const kTypes = {
  choice: 'list',
  multi: 'checkbox',
  text: 'input',
  path: 'input',
  number: 'input',
  boolean: 'confirm',
} as const;

function promptOf(question: Question, grammar: Grammar): Prompt {
  return {
    type: kTypes[question.kind],
    name: flagOf(question),
    message: question.title,
    default: question.default,
    choices: offersOf(question),
    validate: (raw: unknown) => {
      const checked = checkValue(question, raw);
      return checked.ok || `${checked.issue.message}. ${checked.issue.fix}`;
    },
    // Plop doesn't take answers from the command line for a conditional prompt.
    ...(isAlwaysAsked(question)
      ? {}
      : { when: (said: Answers) => isAsked(question, said, grammar) }),
  };
}

function isAlwaysAsked({ depth, when }: Question): boolean {
  return depth === 'basic' && when === undefined;
}

function isAsked(question: Question, said: Answers, { questions }: Grammar): boolean {
  if (question.depth === 'custom' && said.preset !== kCustomise) return false;
  const byKey = questions.map((each) => [each.key, said[flagOf(each)] ?? each.default]);
  return applies(question, Object.fromEntries(byKey));
}

function offersOf(question: Question) {
  return choicesOf(question).map(({ value, label, tradeoff }) => ({
    name: `${label}: ${tradeoff}`,
    value,
  }));
}
