/** What `src/routes.cc` lists: the handlers every project has, and the added ones. */

import type { FeatureRoute } from '../../../src/plan/contribution.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { snakeCase } from '../../additions/names.ts';
import { middlewareNames, type RouteLine, routeLines } from '../../additions/registered.ts';
import { ownRoutes } from '../../additions/route/own-routes.ts';

export interface RoutesView {
  readonly includes: readonly string[];
  readonly middleware: readonly string[];
  readonly routes: readonly RouteLine[];
  /** Routes that features answer; they come after the routes above. */
  readonly features: readonly FeatureRoute[];
}

export function routesView(spec: Spec, features: readonly FeatureRoute[]): RoutesView {
  const routes = [...ownRoutes(spec), ...routeLines(spec)];
  const middleware = middlewareNames(spec).map(snakeCase);
  const handlers = new Set(routes.map(({ handler }) => snakeCase(handler)));
  const includes = [
    ...[...handlers].map((name) => `handlers/${name}.h`),
    ...features.map(({ cpp }) => cpp.header),
    ...middleware.map((name) => `middleware/${name}.h`),
  ];
  return {
    includes: includes.sort(),
    middleware,
    features,
    routes: routes.map((route) => ({
      ...route,
      // The only method that is a reserved word in C++.
      call: route.call === 'delete' ? 'delete_' : route.call,
      handler: snakeCase(route.handler),
    })),
  };
}
