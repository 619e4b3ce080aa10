/** The C++ files of an HTTP server: its routes, their handlers, and tests of both. */

import type { CompiledSource, Contributed } from '../../../src/plan/contribution.ts';
import type { FileIntent, Registration } from '../../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { kRouteListKinds } from '../../additions/registered.ts';
import { crewOf, kCrewKeys, wantsCores } from '../../architecture/settings/crew.ts';
import { rendered } from '../../cpp/intent.ts';
import { namespaceOf } from '../../cpp/namespace.ts';
import { logsIn } from '../../shared/settings/logs.ts';
import { routesView } from './routes-view.ts';

const kHandlers = ['echo', 'healthz', 'json', 'plaintext'];

export const cppSources: readonly CompiledSource[] = [
  ...kHandlers.map((name) => ({ path: `src/handlers/${name}.cc`, part: 'program' }) as const),
  { path: 'src/routes.cc', part: 'program' },
  ...['config', 'handlers', 'server'].map(
    (name) => ({ path: `test/${name}_test.cc`, part: 'tests' }) as const,
  ),
];

export function cppFiles(spec: Spec, contributed: Contributed): readonly FileIntent[] {
  const { abilities, routes, settings } = contributed;
  const name = String(answerOf(spec, 'name'));
  const named = { name, namespace: namespaceOf(name) };
  const logs = logsIn(settings.items);
  const crew = crewOf(spec);
  const server = {
    ...named,
    ...logs,
    wantsCores: wantsCores(crew),
    warnsOfWorkers: crew !== null && wantsCores(crew),
    ignored: ignoredSignals(contributed),
  };
  const reasons = [abilities, settings].flatMap(({ because }) => because);
  return [
    routesFile({ ...named, ...routesView(spec, routes.items) }, routes.because),
    rendered('src/routes.h', named, []),
    ...kHandlers.flatMap((handler) =>
      ['cc', 'h'].map((end) => rendered(`src/handlers/${handler}.${end}`, named, [])),
    ),
    rendered('test/config_test.cc', { ...named, ...logs }, settings.because),
    rendered('test/handlers_test.cc', named, []),
    rendered('test/server_test.cc', server, [...kCrewKeys, ...reasons]),
  ];
}

/** Signals to ignore, though by default they would kill the program: a C++ initialiser. */
function ignoredSignals({ abilities: { items } }: Contributed): string {
  const hands = items.includes('hands-over-on-usr2');
  return `{${['SIGUSR1', ...(hands ? [] : ['SIGUSR2']), 'SIGALRM'].join(', ')}}`;
}

function routesFile(view: object, features: readonly string[]): FileIntent {
  const registrations: readonly Registration[] = [
    { kind: 'lines', after: '^#include "routes\\.h"$', before: '^namespace ' },
    {
      kind: 'lines',
      after: '^hpserver::http::Router router;$',
      before: '^return router;$',
      names: '^\\w+\\.(?:add\\(\\S*Method::)?(\\w+?)_?(?:, |\\()"([^"]*)"',
    },
  ];
  const because = [...features, ...kRouteListKinds];
  return { ...rendered('src/routes.cc', view, because), registrations };
}
