import type { Grammar } from '../../../src/fsm/compile-grammar.ts';

/**
 * Frames that follow their length. The machine pauses after the last byte of each. How the bytes of
 * the prefix make a number is up to the code that reads the frames: its `on_length` puts the number
 * into `left`.
 */
export const lengthPrefixGrammar: Grammar = {
  name: 'length_prefix_fsm',
  origin: 'native-core/fsm/framing/length-prefix-grammar.ts',
  draw: (p) => {
    p.property('i32', 'left');
    const prefix = p.span(p.code.span('length_prefix_fsm_on_prefix'));
    const bytes = p.span(p.code.span('length_prefix_fsm_on_bytes'));
    const begin = p.node('begin');
    const complete = p.pause(1, 'a frame is complete').otherwise(begin);
    const payload = p.consume('left');
    payload.otherwise(bytes.end(complete));
    const announced = p.invoke(
      p.code.match('length_prefix_fsm_on_length'),
      // A frame without bytes is complete at once: a span would wait for the next byte.
      { 0: bytes.start(payload), 1: complete },
      p.error(2, 'a frame is longer than its reader takes'),
    );
    const first = p.node('length_1');
    const second = p.node('length_2');
    const third = p.node('length_3');
    const last = p.node('length_4');
    begin.otherwise(prefix.start(first));
    first.skipTo(second);
    second.skipTo(third);
    third.skipTo(last);
    last.skipTo(prefix.end(announced));
    return begin;
  },
};
