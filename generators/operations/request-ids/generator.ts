/** Requests have ids: the service that assigns them, and what the README says about it. */

import type { Generator } from '../../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { requestIds } from './question.ts';

export const naming: Generator = {
  id: 'request-ids',
  questions: [requestIds],
  rules: [],
  contributions: (spec) => {
    const isNamed = answerOf(spec, requestIds.key) === true;
    const of = <Item>(...items: readonly Item[]) => ({
      items: isNamed ? items : [],
      because: [requestIds.key],
    });
    const readme = of({ title: 'Request IDs', lines: storyOf(spec) });
    return {
      httpOptions: of({
        name: 'request ids',
        cpp: {
          header: 'hpserver/protocol/http/identity/request_ids.h',
          lines: ['options.namer = std::make_unique<hpserver::http::RequestIds>();'],
        },
        typescript: { header: 'identity/request_id_option.h', define: 'add_request_ids' },
      }),
      sections: { ...readme, because: [...readme.because, 'language'] },
    };
  },
  files: () => [],
};

function storyOf(spec: Spec): readonly string[] {
  const isCpp = answerOf(spec, 'language') === 'cpp';
  const [id, trace] = isCpp ? ['id()', 'trace_parent()'] : ['id', 'traceParent'];
  return [
    'Each request has an id: the `X-Request-Id` that the client sent, if it is valid (up to 128 letters,',
    'digits and `._-+/=:@~`), or a new one. The answer carries it as `X-Request-Id`, and the access log',
    `contains it. Handlers read it as \`request.${id}\`, and a valid W3C \`traceparent\` as`,
    `\`request.${trace}\`.`,
  ];
}
