/** The files of the project that aren't copied from the core: from `templates/typescript/`. */

import type { Contributed, Part, Step } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { drainOf, type Setting } from '../../src/plan/setting.ts';
import type { Source } from '../../src/plan/source.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { camelCase } from '../additions/names.ts';
import { runsInline } from '../architecture/inline.ts';
import { countedBy, crewOf, kCrewKeys, wantsCores } from '../architecture/settings/crew.ts';
import { architectureView, kArchitectureKeys } from '../shared/architecture-view.ts';
import { type KnownService, servicesIn } from '../shared/services.ts';
import { listensBeside } from '../shared/settings/beside.ts';
import { type Logs, logsIn } from '../shared/settings/logs.ts';
import { variablesOf } from '../shared/settings/settings-file.ts';
import { settingRows } from '../shared/settings/settings-table.ts';
import { compositionOf, kCompositionKeys } from './composition.ts';
import { declarationOf, type Import, importOf, importsOf, inOrder } from './imports.ts';
import { callsOf, mainView, stepImports, workerView } from './main-view.ts';
import { packageJson } from './package-json.ts';
import { routesFile } from './routes-file.ts';
import { checkImports, countsCores, declaredSettings, keyOf } from './settings-view.ts';

const kVerbatim = [
  'src/handlers/delay.ts',
  'src/handlers/echo.ts',
  'src/handlers/healthz.ts',
  'src/handlers/json.ts',
  'src/handlers/plaintext.ts',
  'test/tsconfig.json',
  'test/types.ts',
  'tsconfig.json',
  'vitest.config.ts',
];

export function projectFiles(spec: Spec, contributed: Contributed): readonly FileIntent[] {
  const { places, libraries, sections, steps } = contributed;
  const services = servicesIn(contributed.services, 'typescript');
  const { items: ownSettings, because } = contributed.settings;
  const { workerModule } = compositionOf(spec);
  const hasWorkers = workerModule !== null;
  const protocols = services.items.length > 0;
  const composition = mainView(spec, services.items, steps.items);
  const compositionKeys = [...services.because, ...steps.because, ...kCompositionKeys];
  const settings = settingsView(spec, ownSettings);
  const listen = [
    `'--listen', '127.0.0.1:0'`,
    ...(protocols ? ['...kFreePorts'] : []),
    ...listensBeside(ownSettings).map(({ key, word }) => `'--${key}', '${word}'`),
  ].join(', ');
  const variables = variablesOf(String(answerOf(spec, 'name')));
  const config = configView(contributed, services.items);
  const readme = {
    name: answerOf(spec, 'name'),
    ...architectureView(spec),
    places: places.items,
    sections: sections.items,
    hasWorkers,
    inline: runsInline(spec.values),
    apt: aptPackages(spec),
    variables,
    settings: settingRows(ownSettings),
    drain: drainOf(ownSettings).key,
  };
  return [
    intent('package.json', { kind: 'json', value: packageJson(spec, libraries.items) }, [
      ...['name', ...libraries.because],
    ]),
    rendered('biome.json', {}, []),
    rendered('README.md', readme, [
      ...['name', ...because, ...places.because, ...sections.because, ...kArchitectureKeys],
    ]),
    rendered('src/main.ts', composition, compositionKeys),
    ...(hasWorkers ? [workerFile(spec, services.items, steps.items, compositionKeys)] : []),
    rendered('src/config.ts', config, [
      ...because,
      ...[contributed.orders, contributed.rereads, services, steps].flatMap((part) => part.because),
    ]),
    rendered('test/config.test.ts', settings, [...kCrewKeys, ...because]),
    rendered('test/program.ts', { services: services.items, listen }, [
      ...services.because,
      ...because,
    ]),
    rendered('test/server.test.ts', settings, [...kCrewKeys, ...because]),
    routesFile(spec),
    ...(protocols ? [handlerList(services)] : []),
    ...kVerbatim.map(verbatim),
  ];
}

function workerFile(
  spec: Spec,
  services: readonly KnownService<'typescript'>[],
  steps: readonly Step[],
  because: readonly string[],
): FileIntent {
  return rendered('src/worker.ts', workerView(spec, services, steps), because);
}

/** The arguments of `readSettings`. */
function readingArguments(reviews: readonly string[], hasOrders: boolean): readonly string[] {
  const given = ['program()', 'settings', 'args', 'environment'];
  if (hasOrders || reviews.length > 0) given.push(`[${reviews.join(', ')}]`);
  return hasOrders ? [...given, 'orders'] : given;
}

type ServiceView = KnownService<'typescript'> & {
  /** Its name, as an object key. */
  readonly key: string;
  /** Its listening address, a member of `Config`. */
  readonly member: string;
};

function serviceView(service: KnownService<'typescript'>): ServiceView {
  return { ...service, key: keyOf(service.name), member: camelCase(service.listens) };
}

/** What answers each service's frames. */
function handlerList({ items, because }: Part<KnownService<'typescript'>>): FileIntent {
  const imports: readonly Import[] = [
    ...items.map(({ module, handler }) => importOf([handler], `./${module}.ts`)),
    { names: 'type { FrameHandlers }', from: './server/frames.ts' },
  ];
  const view = {
    imports: inOrder(imports),
    services: items.map(serviceView),
  };
  return rendered('src/protocols.ts', view, because);
}

function configView(
  { orders, rereads, settings: { items }, steps }: Contributed,
  services: readonly KnownService<'typescript'>[],
): object {
  const reviews = callsOf(steps.items).read;
  return {
    services: services.map(serviceView),
    settings: declaredSettings(items),
    countsCores: countsCores(items),
    arguments: readingArguments(reviews, orders.items.length > 0).join(', '),
    orders: orders.items.map(({ typescript, ...order }) => ({
      ...order,
      function: typescript.function,
    })),
    rereads: rereads.items.length > 0,
    imports: inOrder([
      ...checkImports(items),
      ...stepImports(steps.items.filter(({ moment }) => moment === 'read')),
      ...importsOf(
        orders.items.map(({ typescript: { module, function: name } }) => ({ module, name })),
      ),
      importOf(['faultOfLog', 'faultOfRoot'], './server/places.ts'),
      { names: '* as takes', from: './server/settings/kinds.ts' },
      importOf(
        [
          ...(orders.items.length > 0 ? ['type Order'] : []),
          ...['type Program', 'type Reply', 'readSettings'],
          ...(rereads.items.length > 0 ? ['rereadSettings'] : []),
          'type ValuesOf',
        ],
        './server/settings/read.ts',
      ),
    ]).map(declarationOf),
  };
}

interface SettingsView extends Logs {
  /**
   * What "auto" means, as an expression; null for a loop on the main thread, which has no workers.
   */
  readonly autoWorkers: string | null;
  /** Whether that expression counts the cores. */
  readonly countsCores: boolean;
  /** Whether a test checks the warning about more workers than cores: if each is a loop. */
  readonly warnsOfWorkers: boolean;
}

function settingsView(spec: Spec, settings: readonly Setting[]): SettingsView {
  const crew = crewOf(spec);
  const logs = logsIn(settings);
  return {
    ...logs,
    autoWorkers: crew === null ? null : countedBy(crew).typescript,
    countsCores: crew !== null && crew.perCore !== null,
    warnsOfWorkers: logs.hasLog && crew !== null && wantsCores(crew),
  };
}

function aptPackages(spec: Spec): string {
  const packages = ['g++', 'cmake', 'make'];
  if (answerOf(spec, 'io.model') === 'io_uring') packages.push('liburing-dev');
  return packages.join(' ');
}

function rendered(path: string, view: object, because: readonly string[]): FileIntent {
  return intent(path, { kind: 'template', template: `typescript/${path}.hbs`, view }, because);
}

function verbatim(path: string): FileIntent {
  return intent(path, { kind: 'copy', from: `templates/typescript/${path}` }, []);
}

/** Every file depends on the language. */
function intent(path: string, source: Source, because: readonly string[]): FileIntent {
  const keys = [...new Set(['language', ...because])].sort();
  return { id: `typescript/${path}`, path, source, mode: 0o644, owner: 'merged', because: keys };
}
