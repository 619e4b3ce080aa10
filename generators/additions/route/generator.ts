/** `add route`: one more path that is answered. Its handler is planned with the others. */

import type { CompiledSource } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Values } from '../../../src/spec/question.ts';
import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { handlersOf } from '../handler/handlers.ts';
import { addedFile, isCpp, namespaceIn } from '../intent.ts';
import { pascalCase, snakeCase } from '../names.ts';
import { featureObjections, routeObjections } from './objections.ts';
import { routeKind } from './questions.ts';
import { pathOf, routeView, samplePath } from './view.ts';

export const route: Generator = {
  id: 'route',
  questions: [],
  rules: [],
  additions: [routeKind],
  objections: (spec, taken) => {
    const routes = additionsOf(spec, 'route');
    return [...routeObjections(routes), ...featureObjections(routes, taken.routes)];
  },
  contributions: (spec) => ({
    sources: {
      items: isCpp(spec) ? additionsOf(spec, 'route').map(testSourceOf) : [],
      because: ['add route'],
    },
  }),
  files: (spec) => additionsOf(spec, 'route').map((values) => testOf(values, spec)),
};

function testSourceOf({ name }: Values): CompiledSource {
  return { path: `test/${snakeCase(String(name))}_route_test.cc`, part: 'tests' };
}

/** A test of the route as a client sees it. It expects little of a handler that routes share. */
function testOf(values: Values, spec: Spec): FileIntent {
  const name = String(values.name);
  const isOwn = handlersOf(spec).some(({ route: own }) => own === values);
  const view = { ...routeView(values), target: samplePath(pathOf(values)), isOwn };
  const because = ['add handler', 'add route'];
  if (!isCpp(spec)) {
    return addedFile(spec, {
      path: `test/${name}-route.test.ts`,
      template: 'route/typescript/route.test.ts',
      view,
      owner: 'user',
      because,
    });
  }
  return addedFile(spec, {
    path: `test/${snakeCase(name)}_route_test.cc`,
    template: 'route/cpp/route_test.cc',
    view: { ...view, suite: pascalCase(name), namespace: namespaceIn(spec) },
    owner: 'user',
    because: [...because, 'name'],
  });
}
