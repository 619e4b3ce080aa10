import { describe, expect, test } from 'vitest';
import { holds, inWords, keysOf } from './condition.ts';
import type { Condition } from './question.ts';

const cpp: Condition = { language: ['cpp'] };
const unless: Condition = { ...cpp, not: { 'io.model': ['poll', 'select'] } };
const either: Condition = { any: [cpp, { 'io.model': ['epoll'], 'io.trigger': ['edge'] }] };
const neither: Condition = { not: { any: [cpp, { 'io.model': ['poll'] }] } };

describe('a condition', () => {
  test.each<[string, Condition, object, boolean]>([
    ['of nothing', {}, {}, true],
    ['of a key', cpp, { language: 'cpp' }, true],
    ['of a key with another value', cpp, { language: 'typescript' }, false],
    ['of a set that has it', cpp, { language: ['c', 'cpp'] }, true],
    ['of a set without it', cpp, { language: ['c'] }, false],
    ['of an empty set', cpp, { language: [] }, false],
    ['with not, of a set', { not: cpp }, { language: ['c'] }, true],
    ['with not, where that fails', unless, { language: 'cpp', 'io.model': 'epoll' }, true],
    ['with not, where that holds', unless, { language: 'cpp', 'io.model': 'poll' }, false],
    ['with not, where that is open', unless, { language: 'cpp' }, false],
    ['with any, where the first holds', either, { language: 'cpp' }, true],
    [
      'with any, where another holds',
      either,
      { language: 'typescript', 'io.model': 'epoll', 'io.trigger': 'edge' },
      true,
    ],
    ['with any, where none holds', either, { language: 'typescript', 'io.model': 'epoll' }, false],
    ['with any of nothing', { any: [] }, {}, false],
    ['with not around any', neither, { language: 'typescript', 'io.model': 'epoll' }, true],
    ['with not around any that holds', neither, { language: 'cpp', 'io.model': 'epoll' }, false],
  ])('%s', (_, condition, values, expected) => {
    expect(holds(condition, { ...values })).toBe(expected);
  });

  test.each<[Condition, string, string]>([
    [unless, 'language is cpp and io.model is not poll or select', 'language io.model'],
    [
      either,
      '(language is cpp; or io.model is epoll and io.trigger is edge)',
      'language io.model io.trigger',
    ],
    [neither, 'not ((language is cpp; or io.model is poll))', 'language io.model'],
  ])('%j is said in words, and names its keys', (condition, words, keys) => {
    expect(inWords(condition)).toBe(words);
    expect(keysOf(condition)).toEqual(keys.split(' '));
  });
});
