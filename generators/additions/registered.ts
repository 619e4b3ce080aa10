/** What additions register where routes are listed: the same for both languages. */

import type { Values } from '../../src/spec/question.ts';
import { additionsOf, type Spec } from '../../src/spec/spec.ts';
import { handlerOf } from './handler/handlers.ts';
import { pathOf } from './route/view.ts';

/** A line among the routes: `.get('/users', users)`. */
export interface RouteLine {
  /** `get`, as the languages' functions are called; in C++ `delete` is a keyword. */
  readonly call: string;
  readonly path: string;
  /** The handler's name as it was given: `user-list`. */
  readonly handler: string;
}

/** The routes beyond those that a project begins with. */
export function routeLines(spec: Spec): readonly RouteLine[] {
  return additionsOf(spec, 'route').map((route: Values) => ({
    call: String(route.method).toLowerCase(),
    path: pathOf(route),
    handler: handlerOf(route),
  }));
}

/** The names of all middleware, from the outermost to the innermost: `with-request-id`. */
export function middlewareNames(spec: Spec): readonly string[] {
  return additionsOf(spec, 'middleware').map(({ name }) => `with-${name}`);
}

/** What a list of routes is made of beside the project's own, for `because`. */
export const kRouteListKinds: readonly string[] = ['add middleware', 'add route'];
