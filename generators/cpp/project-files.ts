/** The files of the project that aren't the core: each from `templates/cpp/` at its own path. */

import type { Contributed, Step } from '../../src/plan/contribution.ts';
import type { FileIntent, Registration } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { countedBy, crewOf, kCrewKeys, wantsCores } from '../architecture/settings/crew.ts';
import { kPoolKeys, poolSettings } from '../architecture/settings/pool-settings.ts';
import { type KnownService, servicesIn } from '../shared/services.ts';
import { listensBeside } from '../shared/settings/beside.ts';
import { byMoment } from '../shared/steps.ts';
import { applicationOf } from './application.ts';
import { compositionOf, configIncludes, forks, kCompositionKeys } from './composition.ts';
import { rendered, verbatim } from './intent.ts';
import { namespaceOf } from './namespace.ts';
import { cppPart, readmeFile } from './readme.ts';
import { memberOf, settingViews } from './settings-view.ts';
import { sourceLists } from './source-lists.ts';

const kNamespaced = [
  'src/setting_kinds.cc',
  'src/setting_kinds.h',
  'src/settings.cc',
  'src/settings.h',
];

/** Paths of files that never vary, and their names among the templates. */
const kVerbatim: Readonly<Record<string, string>> = {
  '.clang-format': 'clang-format',
  '.clang-tidy': 'clang-tidy',
  'CMakePresets.json': 'CMakePresets.json',
  'cmake/dependencies.cmake': 'cmake/dependencies.cmake',
};

export function projectFiles(spec: Spec, contributed: Contributed): readonly FileIntent[] {
  const { applications, cmake, httpOptions, libraries, settings, sources, steps } = contributed;
  const application = applicationOf(contributed);
  const services = servicesIn(contributed.services, 'cpp');
  const name = String(answerOf(spec, 'name'));
  const named = { name, namespace: namespaceOf(name) };
  const workers = workersView(spec);
  const config = configView(spec, contributed, { ...named, ...workers });
  const composition = {
    ...named,
    ...compositionOf(spec, contributed),
    steps: byMoment(steps.items, callIn),
    onServing: onServing(byMoment(steps.items, ({ cpp }) => cpp?.call ?? null).serving),
    services: services.items.map(serviceView),
    wantsArguments: steps.items.some(({ cpp }) => cpp?.call.includes('argv')),
    wantsCores: workers.wantsCores,
    shared: application.main.shared,
    make: application.main.make,
    scheme: application.main.scheme,
  };
  const { functions } = application.main;
  const lines = httpOptions.items.flatMap(({ cpp }) => cpp.lines);
  const beside = listensBeside(settings.items);
  const flags = `{${['"--listen"', '"127.0.0.1:0"', ...application.flags].join(', ')}}`;
  return [
    buildFile(
      {
        ...named,
        ...sourceLists(sources.items),
        libraries: libraries.items.flatMap(cppPart),
        cmake: cmake.items,
      },
      [...cmake.because, ...sources.because, ...libraries.because],
    ),
    readmeFile(spec, contributed, named),
    rendered(
      'src/main.cc',
      composition,
      [
        ...kCompositionKeys,
        ...[applications, httpOptions, services, steps].flatMap(({ because }) => because),
      ],
      { functions: { ...functions, view: { ...functions.view, options: lines } } },
    ),
    ...['src/config.cc', 'src/config.h'].map((path) =>
      rendered(path, config, configKeys(contributed), application.config.parts),
    ),
    ...['test/program.cc', 'test/program.h'].map((path) =>
      rendered(path, { ...named, services: services.items, beside, flags }, [
        ...[applications, services, settings].flatMap(({ because }) => because),
      ]),
    ),
    ...kNamespaced.map((path) => rendered(path, named, [])),
    ...Object.entries(kVerbatim).map(([path, from]) => verbatim(path, from)),
  ];
}

function configView(spec: Spec, contributed: Contributed, named: object): object {
  const { orders, rereads, settings, serverOptions, steps } = contributed;
  const pools = poolSettings(spec);
  return {
    ...named,
    ...pools,
    forks: forks(spec),
    settings: settingViews(settings.items),
    headers: applicationOf(contributed).config.headers,
    steps: { read: byMoment(steps.items, callIn).read },
    orders: orders.items.map(({ cpp, ...order }) => ({ ...order, function: cpp.function })),
    rereads: rereads.items.length > 0,
    ...readingView(contributed),
    includes: configIncludes(contributed, pools.sharesMemory),
    options: serverOptions.items.flatMap(({ cpp }) => cpp.lines),
  };
}

/** The arguments of `read_settings` after the table of settings. */
function readingView({ orders, steps }: Contributed): object {
  const reviews = steps.items.some(({ moment }) => moment === 'read');
  const further = orders.items.length > 0;
  const faults = reviews ? ['fault_of_all'] : further ? ['{}'] : [];
  const given = ['argc', 'argv', ...faults, ...(further ? ['orders'] : [])];
  return { readsMore: faults.length > 0, arguments: given.join(', ') };
}

function configKeys(contributed: Contributed): readonly string[] {
  const { applications, orders, rereads, settings, serverOptions, steps } = contributed;
  const parts = [applications, orders, rereads, settings, serverOptions, steps];
  const because = parts.flatMap((part) => part.because);
  return [...because, ...kCrewKeys, ...kPoolKeys];
}

function callIn({ cpp }: Step) {
  if (cpp === null) return null;
  // The reason for a failure, unless the step words it differently.
  const why = `${cpp.keeps ?? 'done'}.error().message()`;
  return { keeps: null, why, ...cpp };
}

/** The lines that main runs once its executors run. */
function onServing(calls: readonly string[]): readonly string[] {
  const [first, ...others] = calls;
  if (first === undefined) return [];
  if (others.length === 0) return [`options->on_serving = [&] { ${first}; };`];
  return ['options->on_serving = [&] {', ...calls.map((call) => `  ${call};`), '};'];
}

/** Users extend the two lists of sources in this file, too. */
function buildFile(view: object, because: readonly string[]): FileIntent {
  const registrations: readonly Registration[] = [
    { kind: 'lines', after: '^add_library\\(\\S+-parts STATIC$', before: '^\\)$' },
    { kind: 'lines', after: '^add_executable\\(\\S+-tests$', before: '^\\)$' },
  ];
  return { ...rendered('CMakeLists.txt', view, because), registrations };
}

type ServiceView = KnownService<'cpp'> & {
  /** Its listening address, a member of `Config`. */
  readonly member: string;
};

function serviceView(service: KnownService<'cpp'>): ServiceView {
  return { ...service, member: memberOf(service.listens) };
}

interface WorkersView {
  /** How many workers "auto" means, as an expression; null for a single loop, which has none. */
  readonly autoWorkers: string | null;
  readonly wantsCores: boolean;
}

function workersView(spec: Spec): WorkersView {
  const crew = crewOf(spec);
  return {
    autoWorkers: crew === null ? null : countedBy(crew).cpp,
    wantsCores: wantsCores(crew),
  };
}
