/** Routes that the router could not tell apart. */

import type { Issue } from '../../../src/error.ts';
import { nameOfRoute } from '../../../src/plan/contributed.ts';
import type { FeatureRoute } from '../../../src/plan/contribution.ts';
import type { Values } from '../../../src/spec/question.ts';
import { matchesTheSame, pathOf } from './view.ts';

/** Each route that comes too late, with the earlier one it conflicts with. */
export function routeObjections(routes: readonly Values[]): readonly Issue[] {
  return routes.flatMap((route, index) => {
    const other = routes
      .slice(0, index)
      .find((before) => matchesTheSame(pathOf(before), pathOf(route)));
    if (other === undefined) return [];
    if (pathOf(other) !== pathOf(route)) return [otherNames(route, other)];
    return other.method === route.method ? [duplicate(route, other)] : [];
  });
}

/** A feature answers there because the project enabled it: no route can replace it. */
export function featureObjections(
  routes: readonly Values[],
  features: readonly FeatureRoute[],
): readonly Issue[] {
  return features.flatMap((feature) =>
    routes
      .filter((route) => `${route.method} ${pathOf(route)}` === nameOfRoute(feature))
      .map((route) => ({
        at: `route ${route.name}`,
        message: `${nameOfRoute(feature)} is already answered by ${feature.by}`,
        fix: `Choose another --path, or regenerate without ${feature.by}.`,
      })),
  );
}

function duplicate(route: Values, other: Values): Issue {
  return {
    at: `route ${route.name}`,
    message: `${route.method} ${pathOf(route)} is already answered by the route ${other.name}`,
    fix: 'Choose another --method or --path, or edit the existing handler.',
  };
}

function otherNames(route: Values, other: Values): Issue {
  return {
    at: `route ${route.name}`,
    message: `${pathOf(route)} matches the same paths as the route ${other.name}, ${pathOf(other)}`,
    fix: `Use the same names for its segments: --path ${pathOf(other)}.`,
  };
}
