/** Whether a server that is late sends work away. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { BooleanQuestion } from '../../../src/spec/question.ts';
import type { Spec } from '../../../src/spec/spec.ts';

export const shedding: BooleanQuestion = {
  kind: 'boolean',
  key: 'limits.shedding',
  group: 'Operations',
  depth: 'custom',
  title: 'Shedding of what has waited too long',
  help: 'Answers 503 at once where requests wait longer than 20 ms for their turn, all of them.',
  explanation:
    'When more is asked than can be done, queues grow until nobody is answered in time. Where no ' +
    'request at all has waited less than 20 ms for 100 ms (in the request queue, or for a loop since ' +
    'its connection was ready), each that has waited longer is answered 503 with Retry-After, until ' +
    'none has had to for 100 ms: CoDel, RFC 8289. So all that can be done is done, and nobody who is ' +
    'served has waited for long. Health checks (/healthz, and the admin listener) are never sent away. ' +
    'Where each connection has a worker that sleeps in its calls there is nothing to measure.',
  when: { not: { 'event.pattern': ['direct'] } },
  default: false,
};

export function sheddingOf({ values }: Spec): Pick<Contributed, 'httpOptions' | 'serverOptions'> {
  // Not asked, and not there, where connections have workers of their own.
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
