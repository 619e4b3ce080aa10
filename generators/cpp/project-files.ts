/** The files of the project that aren't the core: each from `templates/cpp/` at its own path. */

import type { FileIntent, Source } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { architectureView, kArchitectureKeys } from '../shared/architecture-view.ts';
import { compositionOf, kCompositionKeys } from './composition.ts';
import { namespaceOf } from './namespace.ts';

const kNamespaced = [
  'src/handlers/echo.cc',
  'src/handlers/echo.h',
  'src/handlers/json.cc',
  'src/handlers/json.h',
  'src/handlers/plaintext.cc',
  'src/handlers/plaintext.h',
  'src/log.cc',
  'src/log.h',
  'src/routes.cc',
  'src/routes.h',
  'test/config_test.cc',
  'test/handlers_test.cc',
  'test/program.cc',
  'test/program.h',
];

/** Paths of files that are always the same, and their names among the templates. */
const kVerbatim: Readonly<Record<string, string>> = {
  '.clang-format': 'clang-format',
  '.clang-tidy': 'clang-tidy',
  'CMakePresets.json': 'CMakePresets.json',
  'cmake/dependencies.cmake': 'cmake/dependencies.cmake',
};

const kWorkerKeys = ['concurrency.model', 'workers.size'];

export function projectFiles(spec: Spec): readonly FileIntent[] {
  const name = String(answerOf(spec, 'name'));
  const named = { name, namespace: namespaceOf(name) };
  const workers = workersView(spec);
  return [
    rendered('CMakeLists.txt', named, []),
    rendered('README.md', { ...named, ...architectureView(spec) }, kArchitectureKeys),
    rendered('src/main.cc', { ...named, ...compositionOf(spec) }, kCompositionKeys),
    rendered('src/config.cc', { ...named, ...workers }, kWorkerKeys),
    rendered('src/config.h', { ...named, ...workers }, kWorkerKeys),
    rendered('test/server_test.cc', { ...named, ...workers }, kWorkerKeys),
    ...kNamespaced.map((path) => rendered(path, named, [])),
    ...Object.entries(kVerbatim).map(([path, from]) => verbatim(path, from)),
  ];
}

/** `single` has no workers to count. */
function workersView(spec: Spec): { readonly hasWorkers: boolean; readonly workers: number } {
  const size = spec.values['workers.size'];
  return { hasWorkers: size !== undefined, workers: typeof size === 'number' ? size : 0 };
}

/** Every file is there because of the language, and a rendered one has the project's name in it. */
function rendered(path: string, view: object, because: readonly string[]): FileIntent {
  const keys = new Set(['language', 'name', ...because]);
  return intent(path, { kind: 'template', template: `cpp/${path}.hbs`, view }, [...keys].sort());
}

function verbatim(path: string, from: string): FileIntent {
  return intent(path, { kind: 'copy', from: `templates/cpp/${from}` }, ['language']);
}

function intent(path: string, source: Source, because: readonly string[]): FileIntent {
  return { id: `cpp/${path}`, path, source, mode: 0o644, owner: 'merged', because };
}
