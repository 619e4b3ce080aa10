import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandFor, nameOf, whyOf } from './vitest-outcomes.ts';

const place = { project: 'whole', file: 'test/cli/create.test.ts', names: ['--help', 'answers'] };

test('a test is named from its file down', () => {
  expect(nameOf(place)).toBe('test/cli/create.test.ts > --help > answers');
});

test('the command runs that test alone', () => {
  expect(commandFor(place)).toBe(
    "npx vitest run --project whole test/cli/create.test.ts -t '^--help answers$'",
  );
});

test('the command of a file that broke runs all of it', () => {
  expect(commandFor({ ...place, names: [] })).toBe(
    'npx vitest run --project whole test/cli/create.test.ts',
  );
});

test.each([
  "the user's own",
  'GET /users/:id (1 of 2) costs $1',
  'a|b [c] {d} \\e ^f "g" `h` *i +j ?k',
  'two\nlines',
])('the name %j survives the shell, and matches itself alone', (name) => {
  const command = commandFor({ ...place, names: [name] }).replace(/^npx/, 'printf "%s\\0"');
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\0');
  const pattern = new RegExp(words[words.indexOf('-t') + 1] ?? '');
  expect(name).toMatch(pattern);
  expect(`${name}, longer`).not.toMatch(pattern);
});

test('the first failure is the reason', () => {
  const errors = [{ message: 'expected 1 to be 2' }, { message: 'later' }];
  expect(whyOf({ state: 'failed', errors })).toBe('expected 1 to be 2');
  expect(whyOf({ state: 'passed', errors: undefined })).toBe('');
});

test('a skipped test gives its note, or is known to have none', () => {
  expect(whyOf({ state: 'skipped', errors: undefined, note: 'no chattr' })).toBe('no chattr');
  expect(whyOf({ state: 'skipped', errors: undefined, note: undefined })).toMatch('does not say');
});
