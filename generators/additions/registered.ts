/** The additions that a project's list of routes contains: the same for both languages. */

import type { Values } from '../../src/spec/question.ts';
import { additionsOf, type Spec } from '../../src/spec/spec.ts';
import { handlerOf } from './handler/handlers.ts';
import { pathOf } from './route/view.ts';

/** A line among the routes: `.get('/users', users)`. */
export interface RouteLine {
  /** The router's function, such as `get`; for `delete`, a C++ keyword, see cpp/routes-view.ts. */
  readonly call: string;
  readonly path: string;
  /** The handler's name as given: `user-list`. */
  readonly handler: string;
}

/** The routes beyond those a project starts with. */
export function routeLines(spec: Spec): readonly RouteLine[] {
  return additionsOf(spec, 'route').map((route: Values) => ({
    call: String(route.method).toLowerCase(),
    path: pathOf(route),
    handler: handlerOf(route),
  }));
}

/** The names of all middleware, from outermost to innermost: `with-request-id`. */
export function middlewareNames(spec: Spec): readonly string[] {
  return additionsOf(spec, 'middleware').map(({ name }) => `with-${name}`);
}

/** The additions in a list of routes besides the project's own, for `because`. */
export const kRouteListKinds: readonly string[] = ['add middleware', 'add route'];
