import { describe, expect, test } from 'vitest';
import type { AdditionKind } from '../addition.ts';
import { kNoDraftExtras } from '../draft.ts';
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

/** Not versions: npm would take them as a tag, a range, a file, a repository or another package. */
const kNoVersions = [
  'latest',
  '^1.0.0',
  '1',
  'v1.0.0',
  ' 1.0.0',
  '1.0.0 || file:x',
  'git+https://127.0.0.1:1/x.git',
  'git+file:///x',
  'github:user/name',
  'http://127.0.0.1:1/x.tgz',
  'file:../x',
  '../x',
  'npm:other@1.0.0',
  '1.0.0/../../x',
  '1.0.0.tgz',
  '--registry=http://127.0.0.1:1',
];

describe('refused, with its place', () => {
  test.each([
    ['an unknown kind', { additions: [{ kind: 'rout' }] }, 'additions[0]', /cannot add "rout"/],
    ['a bad name', { additions: [{ kind: 'route', name: 'A' }] }, 'additions[0].name', /"A"/],
    ['no name', { additions: [{ kind: 'route' }] }, 'additions[0]', /needs a "name"/],
    [
      'an unknown key',
      { additions: [{ kind: 'route', name: 'a', x: 1 }] },
      'additions[0].x',
      /"x"/,
    ],
    ['a misfit', { additions: [{ kind: 'docker' }] }, 'additions[0]', /it knows C\+\+ only/],
    ...kNoVersions.map((version): [string, object, string, RegExp] => [
      `the version ${version} of a pack (P17)`,
      { packs: [{ source: 'a', name: 'a', version }] },
      'packs[0].version',
      /is not a valid version, so nothing was fetched/,
    ]),
    [
      'the hash of a pack that is none',
      { packs: [{ source: 'a', name: 'a', version: '1.0.0', sha256: '../x' }] },
      'packs[0].sha256',
      /not a hexadecimal SHA-256/,
    ],
    [
      'a parent that is not pinned',
      {
        packs: [
          {
            source: 'a',
            name: 'a',
            version: '1.0.0',
            parents: [{ source: 'b', version: 'latest' }],
          },
        ],
      },
      'packs[0].parents',
      /a parent needs/,
    ],
    ...['*a*a*a*a*a*a*b', '{a,aa}'.repeat(9), 'a'.repeat(300)].map(
      (glob): [string, object, string, RegExp] => [
        `a glob that takes for ever (P9): ${glob.slice(0, 20)}`,
        { owners: { [glob]: 'user' } },
        'owners',
        /^the glob .* has more than/,
      ],
    ),
    ['a pack without a name', { packs: [{ source: './a' }] }, 'packs[0]', /a pack needs/],
    [
      'an unknown owner',
      { owners: { 'a/**': 'me' } },
      'owners["a/**"]',
      /"me" is not a kind of owner/,
    ],
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
      { message: expect.stringMatching(/route "users" already exists/) },
    ]);
  });
});
