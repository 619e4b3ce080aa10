/** Routes that the router could not tell apart. */

import type { Issue } from '../../../src/error.ts';
import type { Values } from '../../../src/spec/question.ts';
import { pathOf } from './view.ts';

/** Each route that comes too late, with the one that was there before it. */
export function routeObjections(routes: readonly Values[]): readonly Issue[] {
  return routes.flatMap((route, index) => {
    const other = routes.slice(0, index).find((before) => matchesTheSame(before, route));
    if (other === undefined) return [];
    if (pathOf(other) !== pathOf(route)) return [otherNames(route, other)];
    return other.method === route.method ? [duplicate(route, other)] : [];
  });
}

function matchesTheSame(one: Values, other: Values): boolean {
  return withoutNames(one) === withoutNames(other);
}

function withoutNames(route: Values): string {
  return pathOf(route).replaceAll(/\/:[^/]+/g, '/:');
}

function duplicate(route: Values, other: Values): Issue {
  return {
    at: `route ${route.name}`,
    message: `${route.method} ${pathOf(route)} is answered by the route ${other.name} already`,
    fix: 'Give another --method or --path, or edit the handler that is there.',
  };
}

function otherNames(route: Values, other: Values): Issue {
  return {
    at: `route ${route.name}`,
    message: `${pathOf(route)} matches the same as ${pathOf(other)} of the route ${other.name}`,
    fix: `Give its segments the same names: --path ${pathOf(other)}.`,
  };
}
