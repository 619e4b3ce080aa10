import { describe, expect, test } from 'vitest';
import { mergeListLines } from '../../merge/content/registrations/list-lines.ts';
import { checkValue } from '../../spec/parse/check-value.ts';
import { groundOf } from '../ground.ts';
import type { PackFolder } from '../source/pack-folder.ts';
import { kSmallPack } from '../testing.ts';
import { documentIssues } from './check-document.ts';
import { readDocument } from './read-document.ts';

const file = { bytes: Buffer.from(''), mode: 0o644 } as const;
const folder: PackFolder = {
  root: '/pack',
  hash: '',
  files: new Map([
    ['templates/a.txt', file],
    ['code.js', file],
    ['code.ts', file],
  ]),
};

const choice = {
  kind: 'choice',
  key: 'colour',
  title: 'Colour',
  help: 'Which.',
  default: 'red',
  choices: [{ value: 'red', label: 'Red', tradeoff: 'Warm.' }],
};

const setting = {
  key: 'greeting-limit',
  group: 'Sizes',
  takes: { kind: 'number', unit: 'count', min: 2, max: 9, default: 5 },
  help: 'Longer greetings are cut',
};

/** What is reported about a document with these parts. */
async function said(changes: object): Promise<string> {
  const read = await readDocument(JSON.stringify({ name: 'ours', version: '1.0.0', ...changes }));
  const place = { folder, ...groundOf([kSmallPack]), engine: '0.3.0' };
  const issues = read.ok ? documentIssues(read.document, place) : read.issues;
  return issues.map(({ at, message, fix }) => `${at}: ${message}. ${fix}`).join('\n');
}

/** For 40 letters JavaScript's own engine would need hours. */
test.each(['(a+)+', '(a|a)*', '(a*)*b?', '([a-z]+)*x?'])(
  'the pattern %s is matched in linear time (P9)',
  async (pattern) => {
    const question = { ...choice, kind: 'text', choices: undefined, default: 'a', pattern };
    const file = {
      from: 'a.txt',
      to: 'a',
      registrations: [{ kind: 'lines', after: `^${pattern}$`, before: '^end$' }],
    };
    const read = await readDocument(
      JSON.stringify({ name: 'ours', version: '1.0.0', questions: [question], files: [file] }),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    const [asked] = read.document.questions;
    const [list] = read.document.files[0]?.registrations ?? [];
    const long = `${'a'.repeat(40)}!`;
    expect(asked && checkValue(asked, long).ok).toBe(false);
    expect(asked && checkValue(asked, 'a'.repeat(40)).ok).toBe(true);
    if (list?.kind !== 'lines') throw new Error('there is no list');
    const text = [long, 'a'.repeat(40), 'one', 'end', ''].join('\n');
    const next = [long, 'a'.repeat(40), 'one', 'two', 'end', ''].join('\n');
    expect(mergeListLines({ base: text, disk: text, next }, list)).toMatchObject({ disk: next });
  },
);

test('what an author may leave out is filled in', async () => {
  const read = await readDocument(
    JSON.stringify({ name: 'ours', version: '1.0.0', questions: [choice] }),
  );
  expect(read).toMatchObject({
    ok: true,
    document: {
      engine: '*',
      extends: 'built-in',
      files: [],
      hooks: [],
      questions: [{ group: 'Packs', depth: 'basic', choices: [{ explanation: 'Warm.' }] }],
    },
  });
});

test.each([
  [{ questions: [{ ...choice, key: 'constructor.prototype.polluted' }] }, /questions\[0\]\.key/],
  [{ questions: [{ ...choice, key: 'prototype' }] }, /questions\[0\]\.key/],
  [{ additions: [{ kind: 'constructor', title: 'x', help: 'x', questions: [choice] }] }, /\.kind/],
  [{ presets: [{ id: 'x', title: 'x', description: 'x', values: { constructor: 1 } }] }, /values/],
  [{ migrations: [{ from: '<1.0.0', rename: { old: 'constructor.x' } }] }, /rename/],
])('a word of JavaScript is no key: %j (P3)', async (changes, place) => {
  expect(await said(changes)).toMatch(place);
  expect(await said(changes)).toMatch(/JavaScript reserves/);
});

test.each([
  ['all is left out', {}],
  ['a question is a choice', { questions: [choice] }],
  ['a file is copied', { files: [{ from: 'a.txt', to: 'docs/{{name}}.txt' }] }],
  [
    'a condition speaks of what is built in',
    { files: [{ from: 'a.txt', to: 'a', when: { language: ['cpp'] } }] },
  ],
  [
    'a condition has not and any',
    {
      files: [
        {
          from: 'a.txt',
          to: 'a',
          when: {
            not: { language: ['cpp'] },
            any: [{ language: ['typescript'] }, { name: ['demo'] }],
          },
        },
      ],
    },
  ],
  ['it needs this version', { engine: '^0.3.0' }],
  ['a setting is contributed', { settings: [{ ...setting, when: { language: ['cpp'] } }] }],
])('a document is good where %s', async (_, changes) => {
  expect(await said(changes)).toBe('');
});

describe('a document is refused where', () => {
  test.each<[string, object, RegExp]>([
    [
      'a key is unknown',
      { filse: [] },
      /hppack\.json: there is no key "filse"\. Did you mean "files"\?/,
    ],
    [
      'a key further down is',
      { questions: [{ ...choice, defualt: 'red' }] },
      /questions\[0\]: there is no key "defualt"\. Did you mean "default"/,
    ],
    ['a key is missing', { name: undefined }, /hppack\.json: name: this is missing/],
    ['its name has a slash', { name: '../x' }, /name: must be lower-case letters, digits/],
    ['its version is none', { version: 'one' }, /version: "one" is not a semantic version/],
    ['its engine is no range', { engine: 'new' }, /engine: "new" is not a version range/],
    [
      'it needs another engine',
      { engine: '^9.0.0' },
      /it needs create-hpserver \^9\.0\.0, but this is 0\.3\.0/,
    ],
    [
      'a default is no answer',
      { questions: [{ ...choice, default: 'green' }] },
      /default: "green" is not a choice/,
    ],
    [
      'a pattern is none',
      { questions: [{ ...choice, kind: 'text', choices: undefined, pattern: '[' }] },
      /pattern: .* is not a regular expression of RE2/,
    ],
    [
      'a pattern looks ahead, which takes no linear time (P9)',
      { questions: [{ ...choice, kind: 'text', choices: undefined, pattern: '(?=a)a' }] },
      /questions\[0\]\.pattern: .* is not a regular expression of RE2: .*without lookahead/,
    ],
    [
      'a landmark is no expression (P36)',
      {
        files: [
          {
            from: 'a.txt',
            to: 'a',
            registrations: [{ kind: 'lines', after: '(a)\\1', before: 'b' }],
          },
        ],
      },
      /files\[0\]\.registrations\[0\]\.after: .* is not a regular expression of RE2/,
    ],
    [
      'a pattern is very long',
      { questions: [{ ...choice, kind: 'text', choices: undefined, pattern: 'a'.repeat(1_001) }] },
      /it has more than 1000 characters/,
    ],
    [
      'a key is taken by templates',
      { questions: [{ ...choice, key: 'is.x' }] },
      /cannot begin with "is"/,
    ],
    [
      'a key is a part of another',
      { questions: [choice, { ...choice, key: 'colour.x' }] },
      /"colour\.x" and "colour" cannot both be keys/,
    ],
    [
      'a flag is the program’s',
      { questions: [{ ...choice, flag: 'json' }] },
      /--json is a flag of create-hpserver/,
    ],
    [
      'a condition asks for the unknown',
      { files: [{ from: 'a.txt', to: 'a', when: { langauge: ['cpp'] } }] },
      /no question "langauge" before it\. Did you mean "language"/,
    ],
    [
      'a condition never holds',
      { files: [{ from: 'a.txt', to: 'a', when: { language: ['rust'] } }] },
      /"rust" is not a choice of language/,
    ],
    [
      'a part of a condition asks for the unknown',
      { files: [{ from: 'a.txt', to: 'a', when: { any: [{ not: { langauge: ['cpp'] } }] } }] },
      /files\[0\]\.when\.any\[0\]\.not: there is no question "langauge"/,
    ],
    [
      'a condition is deeper than anybody reads',
      { files: [{ from: 'a.txt', to: 'a', when: { not: { not: { not: {} } } } }] },
      /files\[0\]\.when\.not\.not/,
    ],
    [
      'a key is a word of conditions',
      { questions: [{ ...choice, key: 'any' }] },
      /a key cannot be "any": it is reserved for conditions/,
    ],
    [
      'a constraint asks for the unknown',
      { constraints: [{ when: { x: [1] }, status: 'warn', message: 'm', fix: 'f' }] },
      /constraints\[0\]\.when: there is no question "x"/,
    ],
    [
      'a preset answers the unknown',
      { presets: [{ id: 'p', title: 't', description: 'd', values: { x: 1 } }] },
      /presets\[0\]\.values: there is no question "x"/,
    ],
    [
      'a template is missing',
      { files: [{ from: 'b.txt', to: 'b' }] },
      /files\[0\]\.from: there is no templates\/b\.txt in the pack\. Did you mean "a\.txt"/,
    ],
    [
      'a template is elsewhere',
      { files: [{ from: '../hppack.json', to: 'b' }] },
      /files\[0\]\.from: the path "\.\.\/hppack\.json" is not normal/,
    ],
    [
      'a target is absolute',
      { files: [{ from: 'a.txt', to: '/etc/passwd' }] },
      /files\[0\]\.to: the path "\/etc\/passwd" is absolute/,
    ],
    [
      'a target goes up',
      { files: [{ from: 'a.txt', to: '../{{name}}' }] },
      /files\[0\]\.to: the path "\.\.\/\{\{name\}\}" is not normal/,
    ],
    [
      'a target is a hook of git',
      { files: [{ from: 'a.txt', to: '.git/hooks/pre-commit' }] },
      /is inside \.git/,
    ],
    [
      'a target is the state',
      { files: [{ from: 'a.txt', to: '.hpserver/state.json' }] },
      /is inside \.hpserver/,
    ],
    [
      'a target names the unknown',
      { files: [{ from: 'a.txt', to: '{{nmae}}' }] },
      /"nmae" cannot be used in a path/,
    ],
    [
      'two files have one id',
      {
        files: [
          { from: 'a.txt', to: 'a' },
          { from: 'a.txt', to: 'b' },
        ],
      },
      /two files have the id "a\.txt"/,
    ],
    [
      'a migration has no range',
      { migrations: [{ from: 'one' }] },
      /migrations\[0\]\.from: "one" is not a version range/,
    ],
    [
      'the default of a setting is out of its range',
      { settings: [{ ...setting, takes: { ...setting.takes, default: 10 } }] },
      /settings\[0\]\.takes\.default: 10 is not between 2 and 9\. Use a number in that range/,
    ],
    [
      'a setting is automatic without a meaning',
      { settings: [{ ...setting, takes: { ...setting.takes, default: 'auto' } }] },
      /takes\.default: "auto" is not one of its values\. Explain in "auto" what it means/,
    ],
    [
      'the default of a choice is none of it',
      { settings: [{ ...setting, takes: { kind: 'choice', values: ['a', 'b'], default: 'c' } }] },
      /takes\.default: "c" is not one of its values\. Choose one of: a, b/,
    ],
    [
      'a default is no address',
      { settings: [{ ...setting, takes: { kind: 'addresses', default: ['here'] } }] },
      /takes\.default: "here" is not an address\. Use 127\.0\.0\.1:9000/,
    ],
    [
      'a help ends its literal',
      { settings: [{ ...setting, help: 'x", system("id"), "' }] },
      /settings\[0\]\.help: must be one line, without quotes/,
    ],
    [
      'a setting has the name of a flag that every server has',
      { settings: [{ ...setting, key: 'config' }] },
      /settings\[0\]\.key: every server already has a flag of that name/,
    ],
    [
      'a setting asks for the unknown',
      { settings: [{ ...setting, when: { langauge: ['cpp'] } }] },
      /settings\[0\]\.when: there is no question "langauge"/,
    ],
    ['its code is missing', { helpers: 'h.js' }, /there is no h\.js in the pack/],
    ['its code is TypeScript', { generators: 'code.ts' }, /code\.ts is not a JavaScript module/],
  ])('%s', async (_, changes, message) => {
    expect(await said(changes)).toMatch(message);
  });

  test('it is no JSON', async () => {
    const read = await readDocument('{');
    expect(read).toMatchObject({ ok: false, issues: [{ at: 'hppack.json' }] });
  });
});
