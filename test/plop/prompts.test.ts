/** Prompts with functions in them, answered by an addition. */

import { describe, expect, test } from 'vitest';
import type { Pack } from '../../src/pack/pack.ts';
import type { AdditionKind } from '../../src/spec/addition.ts';
import type { Values } from '../../src/spec/question.ts';
import { folderOf, packIn, reworked } from './packs.ts';

/** Each generator writes the answers it received to `answers.json`. */
const kPlopfile = `
  const { existsSync } = require('node:fs');
  const tell = { type: 'add', path: 'answers.json', template: '{{{json this}}}' };
  const text = (name, more) => ({ type: 'input', name, message: name, ...more });
  class Own {
    constructor(question) { this.question = question; }
    run() { throw new Error('nobody is there'); }
  }
  module.exports = (plop) => {
    plop.setHelper('json', (value) => JSON.stringify(value));
    plop.setPrompt('own', Own);
    const set = (name, prompts) => plop.setGenerator(name, { prompts, actions: () => [tell] });
    set('when', [
      text('name'),
      { type: 'confirm', name: 'deep', message: 'Deep?', default: false },
      text('depth', { when: ({ deep }) => deep, default: 'one' }),
      text('never', { when: false }),
      text('late', { when: async ({ name }) => name === 'late', default: 'yes' }),
    ]);
    set('default', [
      text('name'),
      text('slug', { default: ({ name }) => name.toLowerCase() }),
      { type: 'confirm', name: 'big', message: 'Big?', default: ({ name }) => name === 'BIG' },
      { type: 'number', name: 'size', message: 'Size', default: async () => 7 },
      { type: 'list', name: 'kind', message: 'Kind', choices: ['a', 'b'], default: () => 'b' },
      { type: 'checkbox', name: 'many', message: 'Many', choices: ['x', 'y'], default: () => ['y'] },
    ]);
    set('filter', [
      text('name', { filter: (name) => name.trim() }),
      text('words', { filter: async (words, { name }) => [name, ...words.split(' ')] }),
    ]);
    set('validate', [
      text('name', { validate: (name) => name !== 'bad' || 'no bad names' }),
      text('word', { validate: async (word, { name }) => word !== name }),
    ]);
    set('choices', [
      text('name'),
      { type: 'list', name: 'one', message: 'One', choices: ({ name }) => [name, 'other'] },
      { type: 'expand', name: 'two', message: 'Two', choices: [{ key: 'y', name: 'Yes', value: 1 }] },
      { type: 'checkbox', name: 'many', message: 'Many', choices: async () => ['x', 'y'] },
    ]);
    set('nested', [text('user.name'), text('user.mail', { default: ({ user }) => user.name + '@' })]);
    set('own', [{ type: 'own', name: 'name', message: 'Name' }, text('typeless', { type: 'what' })]);
    set('function', async (inquirer) => {
      const { name } = await inquirer.prompt([text('name', { default: 'x' })]);
      const more = await inquirer.prompt({ type: 'confirm', name: 'more', message: 'More?' });
      return { name, ...more, seen: true };
    });
    set('nothing', []);
    plop.setGenerator('absent', { actions: [tell] });
    console.log('this is no result');
  };`;

const kPack: Promise<Pack> = packIn(folderOf({ 'plopfile.cjs': kPlopfile }));

async function kindOf(kind: string): Promise<AdditionKind> {
  const additions = (await kPack).generators[0]?.additions ?? [];
  const found = additions.find((addition) => addition.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
}

/** What the actions were given; missing answers get their question's default. */
async function answersTo(kind: string, said: Values): Promise<unknown> {
  const { questions } = await kindOf(kind);
  const defaults = questions.map((question) => [question.key, question.default] as const);
  const values = { ...Object.fromEntries(defaults), ...said };
  const [answers] = await reworked(await kPack, [], { kind, values });
  return JSON.parse(answers?.text ?? '');
}

describe('answers', () => {
  test.each<readonly [string, string, Values, object]>([
    ['are kept where they are asked for', 'when', { name: 'a' }, { name: 'a', deep: false }],
    [
      'are given where the condition holds',
      'when',
      { name: 'late', deep: true },
      { name: 'late', deep: true, depth: 'one', late: 'yes' },
    ],
    [
      'are the plopfile’s where it computes them',
      'default',
      { name: 'BIG' },
      { name: 'BIG', slug: 'big', big: true, size: 7, kind: 'b', many: ['y'] },
    ],
    [
      'go before what is computed',
      'default',
      { name: 'A', slug: 'S', big: 'false', size: 2, 'kind-of': 'a', many: 'x,y' },
      { name: 'A', slug: 'S', big: false, size: 2, kind: 'a', many: ['x', 'y'] },
    ],
    [
      'are filtered',
      'filter',
      { name: ' a ', words: 'b c' },
      { name: 'a', words: ['a', 'b', 'c'] },
    ],
    ['are validated', 'validate', { name: 'a', word: 'b' }, { name: 'a', word: 'b' }],
    [
      'are among choices that are computed',
      'choices',
      { name: 'a', one: 'other', many: 'y' },
      { name: 'a', one: 'other', two: 1, many: ['y'] },
    ],
    ['nest', 'nested', { 'user.name': 'a' }, { user: { name: 'a', mail: 'a@' } }],
    ['reach prompts of its own types', 'own', { name: 'a' }, { name: 'a', typeless: '' }],
    [
      'reach prompts that a function asks',
      'function',
      { name: 'a', more: false },
      { name: 'a', more: false, seen: true },
    ],
    ['are none where nothing is asked', 'nothing', {}, {}],
    ['are none where there are no prompts', 'absent', {}, {}],
  ])('%s', async (_, kind, said, expected) => {
    expect(await answersTo(kind, said)).toEqual(expected);
  });
});

describe('an answer is refused', () => {
  test.each<readonly [string, string, Values, RegExp, RegExp]>([
    ['in the plopfile’s words', 'validate', { name: 'bad' }, /: prompt name$/, /no bad names/],
    ['without words', 'validate', { name: 'a', word: 'a' }, /: prompt word$/, /is not valid/],
    [
      'that is no choice after all',
      'choices',
      { name: 'a', one: 'x' },
      /: prompt one$/,
      /"x" is not one of: a, other/,
    ],
    [
      'that is in no list after all',
      'choices',
      { name: 'a', many: 'x,z' },
      /: prompt many$/,
      /"z" is not one of: x, y/,
    ],
  ])('%s', async (_, kind, said, at, message) => {
    await expect(answersTo(kind, said)).rejects.toMatchObject({
      exitCode: 2,
      issues: [{ at: expect.stringMatching(at), message: expect.stringMatching(message) }],
    });
  });
});

test('prompts that a function asks are questions too', async () => {
  const { questions } = await kindOf('function');
  expect(questions.map(({ key, kind }) => [key, kind])).toEqual([
    ['name', 'text'],
    ['more', 'boolean'],
  ]);
});

test('what one plopfile registers, another does not have', async () => {
  const template = (name: string): string => `module.exports = (plop) => {
    ${name === 'one' ? "plop.setHelper('mine', () => 'one'); plop.setPartial('part', 'one');" : ''}
    plop.setGenerator('${name}', {
      prompts: [],
      actions: [{ type: 'add', path: '${name}', template: '{{mine}}' }],
    });
  };`;
  const one = await packIn(folderOf({ 'plopfile.cjs': template('one') }));
  const two = await packIn(folderOf({ 'plopfile.cjs': template('two') }));
  const [made] = await reworked(one, [], { kind: 'one', values: {} });
  expect(made?.text).toBe('one');
  const [other] = await reworked(two, [], { kind: 'two', values: {} });
  expect(other?.text).toBe('');
  const { default: handlebars } = await import('handlebars');
  expect(handlebars.helpers).not.toHaveProperty('mine');
});

test('a plopfile that reads the project while it is loaded finds it', async () => {
  const text = `const fs = require('node:fs');
    module.exports = (plop) => plop.setGenerator('x', {
      prompts: [{ type: 'list', name: 'file', choices: fs.readdirSync(plop.getDestBasePath()) }],
      actions: [],
    });`;
  const project = folderOf({ 'src/x.ts': '', 'README.md': '' });
  const pack = await packIn(folderOf({ 'plopfile.js': text }), { project });
  expect(pack.generators[0]?.additions?.[0]?.questions[0]).toMatchObject({
    choices: [{ value: 'README.md' }, { value: 'src' }],
  });
});
