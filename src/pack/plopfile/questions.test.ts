import { describe, expect, test } from 'vitest';
import { checkValue } from '../../spec/parse/check-value.ts';
import type { Question } from '../../spec/question.ts';
import type { DescribedPrompt } from './protocol.ts';
import { additionKindOf } from './questions.ts';

const kText: DescribedPrompt = {
  name: 'name',
  message: 'Name?',
  shape: 'text',
  default: null,
  choices: [],
};
const kChoices = ['unit', 'e2e (a+b)'].map((value) => ({ value, label: value }));

function questionsOf(...prompts: readonly Partial<DescribedPrompt>[]): readonly Question[] {
  const described = prompts.map((prompt) => ({ ...kText, ...prompt }));
  return additionKindOf({ name: 'part', description: '', prompts: described }, './ours').questions;
}

function questionOf(prompt: Partial<DescribedPrompt>): Question {
  const [question] = questionsOf(prompt);
  if (question === undefined) throw new Error('there is no question');
  return question;
}

describe('a prompt becomes a question', () => {
  test.each<readonly [string, Partial<DescribedPrompt>, object]>([
    ['a text', { default: 'a' }, { kind: 'text', default: 'a', title: 'Name?' }],
    ['a text that the plopfile fills in', {}, { kind: 'text', default: '' }],
    ['a number', { shape: 'number', default: 7 }, { kind: 'number', default: 7, auto: true }],
    ['a number without a default', { shape: 'number' }, { kind: 'number', default: 'auto' }],
    ['a yes or no', { shape: 'boolean', default: false }, { kind: 'boolean', default: false }],
    ['a yes or no that is computed', { shape: 'boolean' }, { kind: 'choice', default: 'auto' }],
    ['a choice', { shape: 'choice', default: 'unit', choices: kChoices }, { kind: 'choice' }],
    ['choices that are computed', { shape: 'choice' }, { kind: 'text', default: '' }],
    ['a list', { shape: 'choices', default: 'unit', choices: kChoices }, { kind: 'text' }],
    ['a list that is computed', { shape: 'choices' }, { kind: 'text', default: 'auto' }],
  ])('%s', (_, prompt, expected) => {
    expect(questionOf(prompt)).toMatchObject(expected);
    expect(checkValue(questionOf(prompt), questionOf(prompt).default).ok).toBe(true);
  });

  test('a choice whose default is computed offers to leave it so', () => {
    const question = questionOf({ shape: 'choice', choices: kChoices });
    expect(question).toMatchObject({ default: 'auto', choices: [{ value: 'auto' }, {}, {}] });
  });

  test.each([
    ['', true],
    ['unit', true],
    ['e2e (a+b),unit', true],
    ['unit,', false],
    ['e2e', false],
    ['auto', false],
  ])('a list of choices is joined by commas: "%s" is one: %s', (said, isOne) => {
    const list = questionOf({ shape: 'choices', default: 'unit', choices: kChoices });
    expect(checkValue(list, said).ok).toBe(isOne);
  });

  test('a flag has lower case and dashes; the prompt’s own name is one too', () => {
    expect(questionOf({ name: 'wantTests' })).toMatchObject({
      key: 'wantTests',
      flag: 'want-tests',
      aliases: ['wantTests'],
    });
    expect(questionOf({ name: 'user.first name' })).toMatchObject({
      key: 'user.first name',
      flag: 'user-first-name',
      aliases: [],
    });
  });

  test('the word "kind" is the addition’s own', () => {
    expect(questionOf({ name: 'kind' })).toMatchObject({ key: 'kind-of' });
  });
});

describe('an addition is named by', () => {
  const list = { name: 'type', shape: 'choice', choices: kChoices, default: 'unit' } as const;
  test.each<readonly [string, readonly Partial<DescribedPrompt>[], readonly string[]]>([
    ['the text that is called name', [{ name: 'a' }, list, {}], ['name', 'a', 'type']],
    ['the first text', [list, { name: 'a' }, { name: 'b' }], ['a', 'type', 'b']],
    ['the only question', [list], ['type']],
    ['a label, where there is no text', [list, { ...list, name: 'b' }], ['addition', 'type', 'b']],
    ['a label, where nothing is asked', [], ['addition']],
  ])('%s', (_, prompts, keys) => {
    expect(questionsOf(...prompts).map(({ key }) => key)).toEqual(keys);
  });
});
