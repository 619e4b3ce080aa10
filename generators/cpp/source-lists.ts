/** What CMake builds beside `main.cc`: the project's own sources, and those of additions. */

import { additionsOf, type Spec } from '../../src/spec/spec.ts';
import { handlersOf } from '../additions/handler/handlers.ts';
import { snakeCase } from '../additions/names.ts';
import { protocolsOf } from '../additions/protocol/protocols.ts';
import { middlewareNames } from '../additions/registered.ts';

export interface SourceLists {
  /** Sorted paths of the library that program and tests share. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

/** The kinds of additions with sources of their own, for `because`. */
export const kSourceKinds: readonly string[] = [
  'add handler',
  'add middleware',
  'add protocol',
  'add route',
];

const kSources = [
  'config',
  'handlers/echo',
  'handlers/json',
  'handlers/plaintext',
  'log',
  'routes',
];

const kTests = ['config_test', 'handlers_test', 'program', 'server_test'];

export function sourceLists(spec: Spec): SourceLists {
  const handlers = handlersOf(spec).map(({ name }) => `handlers/${snakeCase(name)}`);
  const middleware = middlewareNames(spec).map(snakeCase);
  const protocols = protocolsOf(spec).map(({ word }) => word);
  const routes = additionsOf(spec, 'route').map(({ name }) => `${snakeCase(String(name))}_route`);
  return {
    sources: filesIn('src', [
      ...kSources,
      ...handlers,
      ...middleware.map((name) => `middleware/${name}`),
      ...protocols.flatMap((word) =>
        ['frames', 'handler', 'service'].map((part) => `protocols/${word}/${word}_${part}`),
      ),
    ])
      .concat(protocols.map((word) => `src/protocols/${word}/${word}_fsm.c`))
      .sort(),
    tests: filesIn('test', [
      ...kTests,
      ...[...middleware, ...protocols.map((word) => `${word}_protocol`), ...routes].map(
        (name) => `${name}_test`,
      ),
    ]),
  };
}

function filesIn(folder: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${folder}/${name}.cc`).sort();
}
