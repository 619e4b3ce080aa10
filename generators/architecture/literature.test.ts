import { describe, expect, test } from 'vitest';
import { catalog } from '../../src/project.ts';
import { readingOf } from './literature.ts';

const kOffered = catalog.architectures().filter(({ status }) => status !== 'refused');
const kKeys = ['io.model', 'io.trigger', 'event.pattern', 'concurrency.model'];

describe('every architecture', () => {
  test.each(kKeys)('is explained by its %s, unless the executor does all by itself', (key) => {
    for (const { values } of kOffered) {
      const value = values[key];
      if (value === undefined || value === 'direct') continue;
      expect(readingOf(key, values), `${key} ${value}`).not.toBeNull();
    }
  });

  test('is explained by sections, which are numbers, and chapters, which have a name', () => {
    for (const { values } of kOffered) {
      for (const key of kKeys) {
        const { book, posa2, unp } = readingOf(key, values) ?? {};
        for (const text of [book, unp]) if (text) expect(text).toMatch(/^\d+\.\d+/);
        if (posa2) expect(posa2).toMatch(/^chapter [35], [A-Z]/);
      }
    }
  });
});

test('a process pool is another section than a pool of threads', () => {
  const values = { 'concurrency.model': 'half-sync-half-async', 'event.pattern': 'reactor' };
  const by = (kind: string) =>
    readingOf('concurrency.model', { ...values, 'workers.kind': kind })?.book;
  expect(by('thread')).toBe('8.5.1');
  expect(by('process')).toBe('8.5.1, 13.9, 15.3');
});
