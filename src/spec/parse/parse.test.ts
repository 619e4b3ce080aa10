import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers, Question } from '../question.ts';
import type { Rule } from '../rule.ts';
import { parseAnswers } from './parse.ts';
import { valuesOf as valuesAmong } from './parse-values.ts';

const kAbout = { group: 'G', depth: 'basic', title: 'T', help: 'H' } as const;
const choice = (value: string) => ({ value, label: value, tradeoff: '', explanation: '' });

const questions: readonly Question[] = [
  {
    ...kAbout,
    kind: 'text',
    key: 'name',
    default: 'srv',
    pattern: '[a-z-]+',
    patternMeaning: 'small letters',
    maxLength: 8,
  },
  {
    ...kAbout,
    kind: 'choice',
    key: 'io.model',
    default: 'epoll',
    choices: ['epoll', 'poll', 'aio'].map(choice),
  },
  {
    ...kAbout,
    kind: 'choice',
    key: 'io.trigger',
    default: 'edge',
    when: { 'io.model': ['epoll'] },
    choices: ['edge', 'level'].map(choice),
  },
  {
    ...kAbout,
    kind: 'choice',
    key: 'pattern',
    default: 'reactor',
    choices: ['reactor', 'proactor'].map(choice),
  },
  {
    ...kAbout,
    kind: 'number',
    key: 'size',
    default: 'auto',
    auto: true,
    min: 1,
    max: 9,
    unit: 'u',
  },
  { ...kAbout, kind: 'boolean', key: 'color', default: false },
];

const rules: readonly Rule[] = [
  {
    when: { 'io.model': ['aio'], pattern: ['reactor'] },
    status: 'refused',
    message: 'aio completes',
    fix: 'Choose proactor.',
  },
  {
    when: { 'io.model': ['poll'], pattern: ['proactor'] },
    status: 'refused',
    message: 'not yet',
    fix: 'Choose reactor.',
  },
  {
    when: { 'io.model': ['epoll'], pattern: ['proactor'] },
    status: 'refused',
    message: 'epoll is readiness',
    fix: 'Choose reactor.',
  },
  { when: { size: [9] }, status: 'warn', message: 'that is a lot', fix: 'Take fewer.' },
];

const parse = (answers: Answers) => parseAnswers(answers, { questions, rules });

function valuesOf(answers: Answers): Answers {
  const parsed = parse(answers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.spec.values;
}

function issuesOf(answers: Answers): readonly string[] {
  const parsed = parse(answers);
  return parsed.ok ? [] : parsed.issues.map(({ at, message, fix }) => `${at}: ${message}. ${fix}`);
}

describe('a spec', () => {
  test('takes the default of every question that applies', () => {
    expect(valuesOf({})).toEqual({
      name: 'srv',
      'io.model': 'epoll',
      'io.trigger': 'edge',
      pattern: 'reactor',
      size: 'auto',
      color: false,
    });
  });

  test('leaves out the questions that do not apply', () => {
    expect(valuesOf({ 'io.model': 'poll' })).not.toHaveProperty('io.trigger');
  });

  test('takes the first choice that fits where the default does not', () => {
    expect(valuesOf({ 'io.model': 'aio' })).toMatchObject({ pattern: 'proactor' });
  });

  // epoll is refused here, and poll can't be built with it: aio is the first model that fits.
  test('takes a default that fits what is answered to later questions too', () => {
    expect(valuesOf({ pattern: 'proactor' })).toMatchObject({ 'io.model': 'aio' });
  });

  test('reads numbers and truths from the texts of a command line', () => {
    expect(valuesOf({ size: '4', color: 'true' })).toMatchObject({ size: 4, color: true });
  });

  test('has sorted keys and is frozen', () => {
    const parsed = parse({});
    if (!parsed.ok) throw new Error('the defaults do not parse');
    const keys = Object.keys(parsed.spec.values);
    expect(keys).toEqual(keys.toSorted());
    expect(Object.isFrozen(parsed.spec) && Object.isFrozen(parsed.spec.values)).toBe(true);
  });

  test('carries the warnings of the rules that hold', () => {
    const parsed = parse({ size: 9 });
    expect(parsed.ok && parsed.warnings).toEqual([
      { at: 'size', message: 'that is a lot', fix: 'Take fewer.' },
    ]);
  });
});

describe('answers are refused', () => {
  test.each<readonly [string, Answers, string]>([
    ['unknown key', { nmae: 'a' }, 'nmae: there is no question "nmae". Did you mean "name"?'],
    [
      'unknown choice',
      { 'io.model': 'epol' },
      'io.model: "epol" is not a choice of io.model. Did you mean --io-model epoll?',
    ],
    [
      'choice that resembles none',
      { 'io.model': 'kqueue' },
      'io.model: "kqueue" is not a choice of io.model. Choose one of: epoll, poll, aio.',
    ],
    [
      'pattern',
      { name: 'A b' },
      'name: "A b" is not a valid name. Use small letters, such as a-b.',
    ],
    [
      'length',
      { name: 'abcdefghi' },
      'name: name has 9 characters, but 8 are allowed. Choose a shorter one.',
    ],
    [
      'range',
      { size: 10 },
      'size: 10 is not a valid size. Give a whole number from 1 to 9 (u), or auto.',
    ],
    [
      'fraction',
      { size: 1.5 },
      'size: 1.5 is not a valid size. Give a whole number from 1 to 9 (u), or auto.',
    ],
    ['truth', { color: 'yes' }, 'color: "yes" is neither true nor false. Give true or false.'],
    ['type', { name: 7 }, 'name: name must be text, not 7. Give it as text.'],
    [
      'question that does not apply',
      { 'io.model': 'poll', 'io.trigger': 'edge' },
      'io.trigger: io.trigger applies only if io.model is epoll. ' +
        'Leave out --io-trigger, or change the answer it depends on.',
    ],
    [
      'contradiction',
      { 'io.model': 'aio', pattern: 'reactor' },
      'pattern: aio completes. Choose proactor.',
    ],
    [
      'what is not built yet',
      { 'io.model': 'poll', pattern: 'proactor' },
      'pattern: not yet. Choose reactor.',
    ],
  ])('%s', (_, answers, issue) => {
    expect(issuesOf(answers)).toEqual([issue]);
  });

  test('with all their problems at once', () => {
    const answers = { nmae: '', name: '', 'io.model': 'aio', pattern: 'reactor', size: 0 };
    expect(issuesOf(answers)).toHaveLength(4);
  });

  test('without a word on questions that a faulty answer leaves open', () => {
    expect(issuesOf({ 'io.model': 'epol', 'io.trigger': 'edge' })).toHaveLength(1);
    expect(issuesOf({ 'io.model': 'epol', 'io.trigger': 'egde' })).toHaveLength(2);
  });
});

const anyAnswers: fc.Arbitrary<Answers> = fc.dictionary(
  fc.constantFrom(...questions.map((question) => question.key), '__proto__', 'toString'),
  fc.oneof(
    fc.constantFrom('epoll', 'poll', 'aio', 'edge', 'level', 'reactor', 'proactor', 'auto', true),
    fc.anything(),
  ),
);

test('any answers whatever give a spec or at least one issue', () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const parsed = parse(answers);
      expect(parsed.ok || parsed.issues.length > 0).toBe(true);
    }),
  );
});

test('parsing a spec again changes nothing', () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const parsed = parse(answers);
      if (parsed.ok) expect(parse(parsed.spec.values)).toEqual(parsed);
    }),
  );
});

test('what cannot stand together is refused once all is right alone', () => {
  const issue = { at: 'route b', message: 'it is answered already', fix: 'Give another --path.' };
  const grammar = { questions, rules: [], objections: () => [issue] };
  expect(parseAnswers({}, grammar)).toEqual({ ok: false, issues: [issue] });
  const wrong = parseAnswers({ name: 'NO' }, grammar);
  expect(wrong).toMatchObject({ ok: false, issues: [{ at: 'name' }] });
});

describe('a set', () => {
  const targets: Question = {
    ...kAbout,
    kind: 'multi',
    key: 'targets',
    default: ['stderr'],
    choices: ['stderr', 'file', 'syslog'].map(choice),
  };
  const within = (answers: Answers) => valuesAmong(answers, { questions: [targets], rules: [] });

  test.each<[string, unknown, readonly string[]]>([
    ['its default', undefined, ['stderr']],
    ['a list', ['file'], ['file']],
    ['words in a text', 'syslog, file', ['file', 'syslog']],
    ['the same twice', ['file', 'stderr', 'file'], ['stderr', 'file']],
    ['nothing', [], []],
    ['an empty text', '', []],
    ['the word for nothing', 'none', []],
  ])('%s', (_, raw, expected) => {
    expect(within(raw === undefined ? {} : { targets: raw })).toEqual({
      values: { targets: expected },
      issues: [],
    });
  });

  test.each<[unknown, string]>([
    ['stderr,sysloq', 'Did you mean --targets syslog?'],
    [['x'], 'Choose any of: stderr, file, syslog, separated by commas, or none.'],
    [7, 'Choose any of: stderr, file, syslog, separated by commas, or none.'],
    [[7], 'Choose any of: stderr, file, syslog, separated by commas, or none.'],
    [{ file: true }, 'Choose any of: stderr, file, syslog, separated by commas, or none.'],
  ])('%j is refused', (raw, fix) => {
    expect(within({ targets: raw }).issues).toMatchObject([{ at: 'targets', fix }]);
  });
});

describe('a path', () => {
  const file: Question = { ...kAbout, kind: 'path', key: 'file', default: 'a', absolute: false };
  const folder: Question = { ...file, key: 'folder', default: '/a', absolute: true };
  const within = (answers: Answers) =>
    valuesAmong(answers, { questions: [file, folder], rules: [] });

  test('is taken as it is', () => {
    const answers = { file: '../log/süd ost.log', folder: '/var/lib/x' };
    expect(within(answers)).toEqual({ values: answers, issues: [] });
  });

  test.each<[Answers, string]>([
    [{ file: '' }, 'Give the path of a file or a folder.'],
    [{ file: 7 }, 'Give the path of a file or a folder.'],
    [{ file: 'a\nb' }, 'Use printable characters, without quotes, backslashes and $.'],
    [{ file: 'a"b' }, 'Use printable characters, without quotes, backslashes and $.'],
    [{ file: '$HOME/a' }, 'Use printable characters, without quotes, backslashes and $.'],
    [{ file: 'a'.repeat(4096) }, 'Use at most 4095 bytes.'],
    [{ folder: 'var/lib' }, 'Give an absolute path, starting with /.'],
  ])('%j is refused', (answers, fix) => {
    expect(within(answers).issues).toMatchObject([{ fix }]);
  });
});
