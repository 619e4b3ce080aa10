/** What `src/routes.cc` lists: the handlers that every project has, and what was added. */

import type { Spec } from '../../src/spec/spec.ts';
import { snakeCase } from '../additions/names.ts';
import { middlewareNames, type RouteLine, routeLines } from '../additions/registered.ts';
import { ownRoutes } from '../additions/route/own-routes.ts';
import { poolSettings } from '../architecture/settings/pool-settings.ts';

export interface RoutesView {
  readonly includes: readonly string[];
  readonly middleware: readonly string[];
  readonly routes: readonly RouteLine[];
}

export function routesView(spec: Spec): RoutesView {
  const routes = [...ownRoutes(spec), ...routeLines(spec)];
  const middleware = middlewareNames(spec).map(snakeCase);
  const handlers = new Set(routes.map(({ handler }) => snakeCase(handler)));
  const upstream = ['hpserver/net/address.h', 'hpserver/protocol/http/upstream_handler.h'];
  const includes = [
    ...[...handlers].map((name) => `handlers/${name}.h`),
    ...(poolSettings(spec).hasUpstream ? upstream : []),
    ...middleware.map((name) => `middleware/${name}.h`),
  ];
  return {
    includes: includes.sort(),
    middleware,
    routes: routes.map((route) => ({
      ...route,
      // The one method that C++ has taken as a word.
      call: route.call === 'delete' ? 'delete_' : route.call,
      handler: snakeCase(route.handler),
    })),
  };
}
