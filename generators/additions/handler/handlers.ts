/** The added handlers of a project, each once. */

import type { Values } from '../../../src/spec/question.ts';
import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import { kOwnHandlers } from '../names.ts';

export interface AddedHandler {
  readonly name: string;
  /** The route it was written for; null if any may use it. */
  readonly route: Values | null;
}

/**
 * In the order in which they were added. A handler that `add handler` names belongs to no route.
 */
export function handlersOf(spec: Spec): readonly AddedHandler[] {
  const shared = additionsOf(spec, 'handler').map(({ name }) => String(name));
  const routes = additionsOf(spec, 'route');
  const own = new Map(
    routes
      .filter((route) => handlerOf(route) === route.name && !shared.includes(handlerOf(route)))
      .map((route) => [handlerOf(route), route]),
  );
  const names = [...shared, ...routes.map(handlerOf)];
  return [...new Set(names)]
    .filter((name) => !isThere(name, spec))
    .map((name) => ({ name, route: own.get(name) ?? null }));
}

/** C++ has no `delay`: its handlers never wait. */
function isThere(name: string, spec: Spec): boolean {
  return kOwnHandlers.includes(name) && !(isCpp(spec) && name === 'delay');
}

/** The name of a route's handler. */
export function handlerOf({ name, handler }: Values): string {
  return String(handler === undefined || handler === '' ? name : handler);
}
