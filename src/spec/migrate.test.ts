import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../error.ts';
import { documentOf, migrate } from './migrate.ts';

test('what is written is read back', () => {
  const document: unknown = JSON.parse(
    JSON.stringify(documentOf({ version: 1, values: { name: 'srv', size: 4 } })),
  );
  expect(migrate(document)).toEqual({ name: 'srv', size: 4 });
});

describe('hpserver.json is refused with the way out', () => {
  test.each([
    ['a text', 'x', /not a JSON object/],
    ['a list', [], /not a JSON object/],
    ['no version', { values: {} }, /its "version" is undefined/],
    ['a fraction', { version: 1.5, values: {} }, /its "version" is 1.5/],
    ['no values', { version: 1 }, /its "values"/],
    ['a newer version', { version: 2, values: {} }, /has version 2; .* reads up to 1/],
  ])('%s', (_, document, message) => {
    let thrown: unknown;
    try {
      migrate(document);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof UserError)) throw new Error('it was not refused');
    expect(thrown.message).toMatch(message);
    expect(thrown.exitCode).toBe(ExitCode.usage);
    expect(thrown.issues[0]?.fix).not.toBe('');
  });
});
