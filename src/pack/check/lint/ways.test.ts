import { expect, test } from 'vitest';
import type { Condition, Question } from '../../../spec/question.ts';
import { waysOf } from './ways.ts';

function choice(key: string, values: readonly string[], when?: Condition): Question {
  const choices = values.map((value) => ({ value, label: '', tradeoff: '', explanation: '' }));
  const asked = {
    group: '',
    depth: 'basic',
    title: '',
    help: '',
    default: values[0] ?? '',
  } as const;
  return { kind: 'choice', key, ...asked, choices, ...(when === undefined ? {} : { when }) };
}

const questions = [
  choice('language', ['cpp', 'typescript']),
  choice('model', ['epoll', 'poll', 'select']),
  choice('trigger', ['edge', 'level'], { model: ['epoll'] }),
];

test.each<[string, Condition, object[]]>([
  ['of nothing', {}, [{}]],
  ['a key', { language: ['cpp'] }, [{ language: ['cpp'] }]],
  ['not', { not: { model: ['poll'] } }, [{ model: ['epoll', 'select'] }]],
  [
    'any',
    { any: [{ language: ['cpp'] }, { model: ['poll'] }] },
    [{ language: ['cpp'] }, { model: ['poll'] }],
  ],
  [
    'not any',
    { not: { any: [{ language: ['cpp'] }, { model: ['poll'] }] } },
    [{ language: ['typescript'], model: ['epoll', 'select'] }],
  ],
  [
    'not all',
    { not: { language: ['cpp'], model: ['epoll', 'poll'] } },
    [{ language: ['typescript'] }, { model: ['select'] }],
  ],
  [
    'what a question needs to be asked',
    { trigger: ['edge'] },
    [{ trigger: ['edge'], model: ['epoll'] }],
  ],
  ['nothing, where parts exclude each other', { trigger: ['edge'], not: { model: ['epoll'] } }, []],
  ['keys of additions, left out', { 'addition.x': ['y'] }, [{}]],
])('%s', (_, condition, ways) => {
  expect(waysOf([condition], questions)).toEqual(ways);
});
