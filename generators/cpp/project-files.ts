/** The files of the project that aren't the core: each from `templates/cpp/` at its own path. */

import type { FileIntent, Registration, Source } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { protocolsView } from '../additions/protocol/protocols.ts';
import { kRouteListKinds } from '../additions/registered.ts';
import { architectureView, kArchitectureKeys } from '../shared/architecture-view.ts';
import { type Crew, crewOf, kCrewKeys, wantsCores } from '../shared/crew.ts';
import { kPoolKeys, poolSettings } from '../shared/pool-settings.ts';
import { compositionOf, forks, kCompositionKeys } from './composition.ts';
import { namespaceOf } from './namespace.ts';
import { routesView } from './routes-view.ts';
import { kSourceKinds, sourceLists } from './source-lists.ts';

const kNamespaced = [
  'src/handlers/echo.cc',
  'src/handlers/echo.h',
  'src/handlers/json.cc',
  'src/handlers/json.h',
  'src/handlers/plaintext.cc',
  'src/handlers/plaintext.h',
  'test/config_test.cc',
  'test/handlers_test.cc',
];

/** Paths of files that are always the same, and their names among the templates. */
const kVerbatim: Readonly<Record<string, string>> = {
  '.clang-format': 'clang-format',
  '.clang-tidy': 'clang-tidy',
  'CMakePresets.json': 'CMakePresets.json',
  'cmake/dependencies.cmake': 'cmake/dependencies.cmake',
};

export function projectFiles(spec: Spec): readonly FileIntent[] {
  const name = String(answerOf(spec, 'name'));
  const named = { name, namespace: namespaceOf(name) };
  const protocols = protocolsView(spec);
  const workers = workersView(spec);
  const pools = poolSettings(spec);
  const routes = { ...named, hasUpstream: pools.hasUpstream, upstream: pools.upstream };
  const config = { ...named, ...workers, ...pools, ...protocols, forks: forks(spec) };
  const configKeys = ['add protocol', ...kCrewKeys, ...kPoolKeys];
  // What stands beside the architecture: an upstream server, further protocols.
  const beside = ['add protocol', 'pools.connections'];
  const composition = {
    ...routes,
    ...compositionOf(spec),
    ...protocols,
    wantsCores: workers.wantsCores,
  };
  const liburing = answerOf(spec, 'io.model') === 'io_uring';
  const readme = {
    ...routes,
    ...architectureView(spec),
    ...protocols,
    liburing,
    handlers: workers.wantsCores ? kMustNotBlock : kMayBlock,
  };
  const log = { ...named, forks: forks(spec) };
  return [
    buildFile({ ...named, ...protocols, ...sourceLists(spec) }),
    rendered('README.md', readme, [...kArchitectureKeys, ...beside]),
    rendered('src/main.cc', composition, [...kCompositionKeys, ...beside]),
    rendered('src/config.cc', config, configKeys),
    rendered('src/config.h', config, configKeys),
    rendered('src/log.cc', log, ['workers.kind']),
    rendered('src/log.h', log, ['workers.kind']),
    routesFile({ ...routes, ...routesView(spec) }),
    rendered('src/routes.h', routes, ['pools.connections']),
    rendered('test/server_test.cc', { ...routes, ...workers }, [...kCrewKeys, 'pools.connections']),
    ...['test/program.cc', 'test/program.h'].map((path) =>
      rendered(path, { ...named, ...protocols }, ['add protocol']),
    ),
    ...kNamespaced.map((path) => rendered(path, named, [])),
    ...Object.entries(kVerbatim).map(([path, from]) => verbatim(path, from)),
  ];
}

/** Its two lists of sources are the user's as well. */
function buildFile(view: object): FileIntent {
  const registrations: readonly Registration[] = [
    { kind: 'lines', after: '^add_library\\(\\S+-parts STATIC$', before: '^\\)$' },
    { kind: 'lines', after: '^add_executable\\(\\S+-tests$', before: '^\\)$' },
  ];
  return { ...rendered('CMakeLists.txt', view, kSourceKinds), registrations };
}

function routesFile(view: object): FileIntent {
  const registrations: readonly Registration[] = [
    { kind: 'lines', after: '^#include "routes\\.h"$', before: '^namespace ' },
    { kind: 'lines', after: '^hpserver::http::Router router;$', before: '^return router;$' },
  ];
  const because = ['pools.connections', ...kRouteListKinds];
  return { ...rendered('src/routes.cc', view, because), registrations };
}

interface CrewView {
  readonly what: string | null;
  readonly auto: string | null;
  readonly help: string | null;
  readonly count: string | null;
}

const kMustNotBlock = "handlers run on a loop's thread and must not block";
const kMayBlock = 'a handler may block: it holds up its own worker only';

const kNoCrew: CrewView = { what: null, auto: null, help: null, count: null };

interface WorkersView {
  /** False for a single loop, which has no workers to count. */
  readonly hasCrew: boolean;
  readonly crew: CrewView;
  readonly fixedCrew: number | null;
  readonly workers: number;
  readonly wantsCores: boolean;
  readonly warnsOfWorkers: boolean;
}

function workersView(spec: Spec): WorkersView {
  const size = spec.values['workers.size'];
  const crew = crewOf(spec);
  return {
    hasCrew: crew !== null,
    crew: crew === null ? kNoCrew : crewView(crew),
    fixedCrew: crew?.fixed ?? null,
    workers: typeof size === 'number' ? size : 0,
    wantsCores: wantsCores(crew),
    warnsOfWorkers: crew !== null && wantsCores(crew),
  };
}

function crewView(crew: Crew): CrewView {
  const what = capitalised(crew.what);
  return { what, auto: crew.auto, help: `${what}; auto: ${crew.auto}`, count: countOf(crew) };
}

/** What "auto" is, as an expression. */
function countOf({ perCore }: Crew): string {
  const cores = 'hpserver::usable_core_count()';
  if (perCore === null) return 'kAutoWorkers';
  return perCore === 1 ? cores : `${perCore} * ${cores}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
