import type { Grammar } from '../../../src/fsm/compile-grammar.ts';
import { chunkedBody } from './chunked-body.ts';
import { createContext } from './context.ts';
import { headerFields } from './fields.ts';
import { stops } from './names.ts';
import { requestLine } from './request-line.ts';

/** HTTP/1.1 requests (RFC 9112), strictly: refuses whatever two readers could frame differently. */
export const requestGrammar: Grammar = {
  name: 'http_request_fsm',
  origin: 'native-core/fsm/http/request-grammar.ts',
  draw: (p) => {
    p.property('i64', 'length');
    p.property('i32', 'leap');
    p.property('i16', 'port');
    p.property('i8', 'flags');
    p.property('i8', 'method');
    p.property('i8', 'method_offset');
    p.property('i8', 'target_form');
    p.property('i8', 'minor');
    p.property('i8', 'header');
    p.property('i8', 'in_fields');
    const context = createContext(p);
    const headComplete = p
      .pause(stops.headComplete, 'head complete')
      .otherwise(chunkedBody(context));
    return requestLine(context, headerFields(context, headComplete));
  },
};
