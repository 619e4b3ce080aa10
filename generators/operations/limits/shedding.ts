/** Whether an overloaded server turns work away. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { BooleanQuestion } from '../../../src/spec/question.ts';
import type { Spec } from '../../../src/spec/spec.ts';

export const shedding: BooleanQuestion = {
  kind: 'boolean',
  key: 'limits.shedding',
  group: 'Operations',
  depth: 'custom',
  title: 'Load shedding',
  help: 'Answers 503 at once while every request waits longer than 20 ms for its turn.',
  explanation:
    'When the load exceeds the capacity, queues grow until no request is answered in time. Once ' +
    'every request within 100 ms has waited longer than 20 ms (in the request queue, or for a ' +
    'loop after its connection was ready), any request that has waited that long is answered 503 ' +
    'with Retry-After, until none has within another 100 ms: CoDel, RFC 8289. The server keeps ' +
    'working at full capacity, and the requests it serves have not waited long. Health checks ' +
    '(/healthz, and the admin listener) are never shed. Not available if each connection has a ' +
    'worker that blocks in its calls: there is no waiting time to measure.',
  when: { not: { 'event.pattern': ['direct'] } },
  default: false,
};

export function sheddingOf({ values }: Spec): Pick<Contributed, 'httpOptions' | 'serverOptions'> {
  // If each connection has its own worker, the question isn't asked, and the value is absent.
  const isOn = values[shedding.key] === true;
  const of = <Item>(...items: readonly Item[]) => ({
    items: isOn ? items : [],
    because: [shedding.key],
  });
  return {
    serverOptions: of({
      name: 'shedding',
      cpp: {
        header: 'hpserver/connection/overload/delay_shedder.h',
        lines: [
          'options.limits.make_shedder = [] { return std::make_shared<hpserver::DelayShedder>(); };',
        ],
      },
      typescript: { header: 'limits/shedding_option.h', define: 'add_shedding' },
    }),
    httpOptions: of({
      name: 'what is never shed',
      cpp: {
        header: 'hpserver/protocol/http/service.h',
        lines: ['options.never_shed = {"/healthz"};'],
      },
      typescript: null,
    }),
  };
}
