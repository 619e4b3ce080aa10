import { describe, expect, test } from 'vitest';
import { gatherAnswers } from '../../src/cli/create/answers.ts';
import { readDocument } from '../../src/pack/document/read-document.ts';
import { migrate } from '../../src/spec/parse/migrate.ts';
import { isReservedKey, reservedIn } from '../../src/spec/words/reserved.ts';
import { readManifest } from '../../src/tree/manifest.ts';

const kWords = ['__proto__', 'constructor', 'prototype'];

/** What each reader reports about a document with the given text. */
const kReaders: Readonly<Record<string, (text: string) => unknown>> = {
  'hpserver.json': (text) => {
    try {
      return migrate(JSON.parse(text));
    } catch (thrown) {
      return String(thrown);
    }
  },
  'state.json': (text) => readManifest(JSON.parse(text)),
  'a file of answers': (text) =>
    gatherAnswers({ questions: [], rules: [], presets: [] }, new Map(), text),
  'hppack.json': readDocument,
};

describe.each(Object.entries(kReaders))('%s (P3)', (_, read) => {
  const places = (word: string) => [
    `{"version": 2, "${word}": {"polluted": 1}, "values": {}}`,
    `{"version": 2, "values": {"${word}": {"polluted": 1}}}`,
    `{"version": 2, "values": {}, "packs": [{"deep": [{"${word}": 1}]}]}`,
  ];
  test.each(kWords.flatMap(places))('refuses %s by its name', async (text) => {
    const word = kWords.find((each) => text.includes(each)) ?? '';
    expect(JSON.stringify(await read(text))).toContain(word);
    expect(JSON.stringify(await read(text))).toMatch(/JavaScript reserves/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test('a document may be deeper than the stack', () => {
  const depth = 200_000;
  const text = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect(reservedIn(JSON.parse(text))).toBeNull();
});

test.each([
  ['constructor.prototype.polluted', true],
  ['a.__proto__', true],
  ['toString', true],
  ['__defineGetter__', true],
  ['io.model', false],
  ['constructors', false],
])('%s is reserved: %s', (key, isReserved) => {
  expect(isReservedKey(key)).toBe(isReserved);
});
