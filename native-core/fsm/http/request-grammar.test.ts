import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileGrammar } from '../../../src/fsm/compile-grammar.ts';
import { headers, reasons, stops } from './names.ts';
import { namesHeader } from './names-header.ts';
import { requestGrammar } from './request-grammar.ts';

describe('the request grammar', () => {
  it.each([...compileGrammar(requestGrammar), namesHeader()])(
    'is what generated/$name was made from',
    async ({ name, text }) => {
      const generated = new URL(`../../generated/${name}`, import.meta.url);
      expect(await readFile(generated, 'utf8')).toBe(text);
    },
  );

  it('knows no header that begins like another: llparse could not tell them apart', () => {
    for (const name of headers) {
      expect(headers.filter((other) => other !== name && other.startsWith(name))).toEqual([]);
    }
  });

  it('keeps error codes below the codes of its stops', () => {
    expect(reasons.length).toBeLessThan(Math.min(...Object.values(stops)));
  });
});
