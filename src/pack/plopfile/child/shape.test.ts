import { describe, expect, test } from 'vitest';
import { checkedOf, choicesOf, chosen, shapeOf } from './shape.ts';

describe('the answer to a prompt', () => {
  test.each([
    [{}, 'text'],
    [{ type: 'input' }, 'text'],
    [{ type: 'editor' }, 'text'],
    [{ type: 'password' }, 'text'],
    [{ type: 'confirm' }, 'boolean'],
    [{ type: 'number' }, 'number'],
    [{ type: 'checkbox' }, 'choices'],
    [{ type: 'checkbox-plus' }, 'choices'],
    [{ type: 'list', choices: ['a'] }, 'choice'],
    [{ type: 'search-list', choices: ['a'] }, 'choice'],
    [{ type: 'input', choices: ['a'] }, 'text'],
    [{ type: 'list', choices: () => ['a'] }, 'text'],
    [{ type: 'directory' }, 'text'],
  ])('to %o is a %s', (prompt, shape) => {
    expect(shapeOf(prompt)).toBe(shape);
  });
});

test('choices are texts and objects, without separators and what is disabled', () => {
  const choices = [
    'a',
    7,
    { type: 'separator', line: '---' },
    { name: 'B', value: 'b' },
    { name: 'c' },
    { name: 'D', value: { deep: true }, short: 'd' },
    { name: 'E', value: 'e', disabled: 'soon' },
    { key: 'y', name: 'Yes', value: true },
    { name: 'again', value: 'a' },
  ];
  const found = choicesOf({ choices }).map(({ value, meant }) => [value, meant]);
  expect(found).toEqual([
    ['a', 'a'],
    ['7', 7],
    ['b', 'b'],
    ['c', 'c'],
    ['d', { deep: true }],
    ['true', true],
  ]);
});

test('a default is a value, or the index of one', () => {
  const choices = ['a', { name: 'B', value: 'b' }];
  expect(chosen({ choices }, 'b')?.value).toBe('b');
  expect(chosen({ choices }, 1)?.value).toBe('b');
  expect(chosen({ choices }, 9)).toBeUndefined();
});

test('boxes are checked by the default, or each by itself', () => {
  const choices = [{ name: 'a', checked: true }, 'b'];
  expect(checkedOf({ choices }).map(({ value }) => value)).toEqual(['a']);
  expect(checkedOf({ choices, default: ['b'] }).map(({ value }) => value)).toEqual(['b']);
});
