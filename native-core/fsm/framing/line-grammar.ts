import type { Grammar } from '../../../src/fsm/compile-grammar.ts';

/** Frames that end in a line feed. The machine pauses after each. */
export const lineGrammar: Grammar = {
  name: 'line_fsm',
  origin: 'native-core/fsm/framing/line-grammar.ts',
  draw: (p) => {
    const bytes = p.span(p.code.span('line_fsm_on_bytes'));
    const begin = p.node('begin');
    const inside = p.node('inside');
    const end = p.node('end');
    const complete = p.pause(1, 'a frame is complete').otherwise(begin);
    begin.otherwise(bytes.start(inside));
    inside.peek('\n', bytes.end(end)).skipTo(inside);
    end.skipTo(complete);
    return begin;
  },
};
