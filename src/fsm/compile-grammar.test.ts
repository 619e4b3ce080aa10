import { describe, expect, it } from 'vitest';
import { compileGrammar, type Grammar } from './compile-grammar.ts';

const lineGrammar: Grammar = {
  name: 'line_fsm',
  origin: 'line.ts',
  draw: (p) => {
    const line = p.node('line');
    return line.match('\n', p.pause(1, 'line complete').otherwise(line)).skipTo(line);
  },
};

describe('compileGrammar', () => {
  it('writes a header and a source that includes it', () => {
    const [source, header] = compileGrammar(lineGrammar);
    expect(source?.name).toBe('line_fsm.c');
    expect(header?.name).toBe('line_fsm.h');
    expect(source?.text).toContain('#include "line_fsm.h"');
    expect(header?.text).toContain('int line_fsm_execute(line_fsm_t* s');
  });

  it('says in the first line where a file comes from', () => {
    for (const { text } of compileGrammar(lineGrammar)) {
      expect(text).toMatch(/^\/\/ Generated from line\.ts\.\n/);
      expect(text.endsWith('\n')).toBe(true);
    }
  });

  it('refuses a grammar that could loop for ever', () => {
    const endless: Grammar = {
      ...lineGrammar,
      draw: (p) => {
        const first = p.node('first');
        return first.otherwise(p.node('second').otherwise(first));
      },
    };
    expect(() => compileGrammar(endless)).toThrow(/loop/i);
  });
});
