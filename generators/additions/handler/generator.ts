/** `add handler`: a function that answers requests, for the routes that use it. */

import type { CompiledSource } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { addedFile, isCpp, namespaceIn } from '../intent.ts';
import { camelCase, handlerNaming, nameQuestion, snakeCase } from '../names.ts';
import { routeView } from '../route/view.ts';
import { type AddedHandler, handlersOf } from './handlers.ts';

const handlerKind: AdditionKind = {
  kind: 'handler',
  title: 'a handler that several routes can share',
  help:
    'A function that answers requests, in its own file. No path leads to it until you add a ' +
    'route: add route NAME --path PATH --handler HANDLER.',
  questions: [
    nameQuestion('handler', handlerNaming('greeting', 'the name of the function: user-list')),
  ],
};

export const handler: Generator = {
  id: 'handler',
  questions: [],
  rules: [],
  additions: [handlerKind],
  contributions: (spec) => ({
    sources: {
      items: isCpp(spec) ? handlersOf(spec).map(sourceOf) : [],
      because: ['add handler', 'add route'],
    },
  }),
  files: (spec) => handlersOf(spec).flatMap((added) => filesOf(added, spec)),
};

function sourceOf({ name }: AddedHandler): CompiledSource {
  return { path: `src/handlers/${snakeCase(name)}.cc`, part: 'program' };
}

/** Handlers belong to the user: each is written once, whatever happens to its route. */
function filesOf({ name, route }: AddedHandler, spec: Spec): readonly FileIntent[] {
  const folder = route === null ? 'handler' : 'route';
  const view = route === null ? {} : routeView(route);
  const because = ['add handler', 'add route'];
  const owner = 'user';
  if (!isCpp(spec)) {
    const template = `${folder}/typescript/handler.ts`;
    const path = `src/handlers/${name}.ts`;
    return [
      addedFile(spec, {
        path,
        template,
        view: { ...view, function: camelCase(name) },
        owner,
        because,
      }),
    ];
  }
  const word = snakeCase(name);
  const named = { ...view, function: word, namespace: namespaceIn(spec) };
  return ['h', 'cc'].map((extension) =>
    addedFile(spec, {
      path: `src/handlers/${word}.${extension}`,
      template: `${folder}/cpp/handler.${extension}`,
      view: named,
      owner,
      because: [...because, 'name'],
    }),
  );
}
