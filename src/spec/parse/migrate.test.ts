import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../error.ts';
import { draftOf } from '../draft.ts';
import type { Spec } from '../spec.ts';
import { documentOf, migrate } from './migrate.ts';

const kSpec: Spec = {
  version: 2,
  values: { name: 'srv', size: 4 },
  additions: [{ kind: 'route', values: { name: 'users', method: 'GET' } }],
  packs: [{ source: './ours', name: 'ours', version: '1.0.0' }],
  owners: { 'docs/**': 'user' },
};

test('what is written is read back', () => {
  const document: unknown = JSON.parse(JSON.stringify(documentOf(kSpec)));
  expect(migrate(document)).toEqual(draftOf(kSpec));
});

test('empty lists are not written', () => {
  const plain = documentOf({ ...kSpec, additions: [], packs: [], owners: {} });
  expect(Object.keys(plain)).toEqual(['$schema', 'version', 'values']);
});

test('version 1 had answers alone', () => {
  expect(migrate({ version: 1, values: { name: 'srv', 'io.model': 'poll' } })).toEqual({
    answers: { name: 'srv', 'io.model': 'poll' },
    additions: [],
    packs: [],
    owners: {},
  });
});

describe('hpserver.json is refused with the way out', () => {
  test.each([
    ['a text', 'x', /not a JSON object/],
    ['a list', [], /not a JSON object/],
    ['no version', { values: {} }, /its "version" is undefined/],
    ['a fraction', { version: 1.5, values: {} }, /its "version" is 1.5/],
    ['no values', { version: 1 }, /its "values"/],
    ['additions that are none', { version: 2, values: {}, additions: ['route'] }, /"additions"/],
    ['packs that are none', { version: 2, values: {}, packs: { a: 1 } }, /"packs"/],
    ['owners that are none', { version: 2, values: {}, owners: [] }, /"owners"/],
    ['a newer version', { version: 3, values: {} }, /has version 3; .* reads up to 2/],
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
