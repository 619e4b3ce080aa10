import { describe, expect, test } from 'vitest';
import type { AdditionKind } from './addition.ts';
import { kNoDraftExtras } from './draft.ts';
import { parseExtras } from './parse-extras.ts';

const route: AdditionKind = {
  kind: 'route',
  title: 'a route',
  help: 'Answers a path.',
  questions: [
    {
      kind: 'text',
      key: 'name',
      group: 'Route',
      depth: 'basic',
      title: 'Name',
      help: 'the name of its handler',
      default: '',
      pattern: '[a-z]+',
    },
    {
      kind: 'choice',
      key: 'method',
      group: 'Route',
      depth: 'basic',
      title: 'Method',
      help: 'the method',
      default: 'GET',
      choices: ['GET', 'POST'].map((value) => {
        return { value, label: value, tradeoff: '', explanation: '' };
      }),
    },
  ],
};
const docker: AdditionKind = {
  kind: 'docker',
  title: 'an image',
  help: '',
  questions: [],
  when: { language: ['cpp'] },
  whyNot: 'it knows C++ only',
};

function read(extras: object) {
  const draft = { ...kNoDraftExtras, ...extras };
  return parseExtras(draft, [route, docker], { language: 'typescript' });
}

test('an addition gets the defaults of its kind', () => {
  const { additions, issues } = read({ additions: [{ kind: 'route', name: 'users' }] });
  expect(issues).toEqual([]);
  expect(additions).toEqual([{ kind: 'route', values: { method: 'GET', name: 'users' } }]);
});

describe('refused, with its place', () => {
  test.each([
    ['an unknown kind', { additions: [{ kind: 'rout' }] }, 'additions[0]', /kind "rout"/],
    ['a bad name', { additions: [{ kind: 'route', name: 'A' }] }, 'additions[0].name', /"A"/],
    ['no name', { additions: [{ kind: 'route' }] }, 'additions[0]', /no "name"/],
    [
      'an unknown key',
      { additions: [{ kind: 'route', name: 'a', x: 1 }] },
      'additions[0].x',
      /"x"/,
    ],
    ['a misfit', { additions: [{ kind: 'docker' }] }, 'additions[0]', /it knows C\+\+ only/],
    ['a pack without a name', { packs: [{ source: './a' }] }, 'packs[0]', /a pack has/],
    ['an unknown owner', { owners: { 'a/**': 'me' } }, 'owners["a/**"]', /"me" owns no file/],
  ])('%s', (_, extras, at, message) => {
    const [issue, ...more] = read(extras).issues;
    expect(more).toEqual([]);
    expect(issue?.at).toBe(at);
    expect(issue?.message).toMatch(message);
    expect(issue?.fix).not.toBe('');
  });

  test('a name that is taken', () => {
    const additions = [1, 2].map(() => ({ kind: 'route', name: 'users' }));
    expect(read({ additions }).issues).toMatchObject([
      { message: expect.stringMatching(/route "users" is there already/) },
    ]);
  });
});
