/** `src/routes.ts`: the handlers every project has, and the added ones. */

import type { FileIntent } from '../../src/plan/generator.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { camelCase } from '../additions/names.ts';
import { compareNaturally } from '../additions/natural-order.ts';
import { kRouteListKinds, middlewareNames, routeLines } from '../additions/registered.ts';
import { ownRoutes } from '../additions/route/own-routes.ts';

export function routesFile(spec: Spec): FileIntent {
  const routes = [...ownRoutes(spec), ...routeLines(spec)];
  const middleware = middlewareNames(spec);
  const handlers = [...new Set(routes.map(({ handler }) => handler))];
  const imports = [
    ...handlers.map((name) => ({ name: camelCase(name), from: `./handlers/${name}.ts` })),
    ...middleware.map((name) => ({ name: camelCase(name), from: `./middleware/${name}.ts` })),
  ];
  const view = {
    imports: imports.sort((a, b) => compareNaturally(a.from, b.from)),
    middleware: middleware.map(camelCase),
    routes: routes.map(({ call, path, handler }, index) => ({
      call,
      path,
      handler: camelCase(handler),
      end: index === routes.length - 1 ? ';' : '',
    })),
  };
  return {
    id: 'typescript/src/routes.ts',
    path: 'src/routes.ts',
    source: { kind: 'template', template: 'typescript/src/routes.ts.hbs', view },
    mode: 0o644,
    owner: 'merged',
    because: ['language', ...kRouteListKinds].sort(),
    registrations: [
      { kind: 'typescript-imports' },
      { kind: 'typescript-chain', variable: 'routes' },
    ],
  };
}
