/** The files of the project that aren't copied from the core: from `templates/typescript/`. */

import type { FileIntent, Source } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { protocolsView } from '../additions/protocol/protocols.ts';
import { runsInline } from '../architecture/inline.ts';
import { architectureView, kArchitectureKeys } from '../shared/architecture-view.ts';
import { type Crew, crewOf, kCrewKeys, wantsCores } from '../shared/crew.ts';
import { kPoolKeys, poolSettings } from '../shared/pool-settings.ts';
import { compositionOf, kCompositionKeys } from './composition.ts';
import { packageJson } from './package-json.ts';
import { routesFile } from './routes-file.ts';

const kVerbatim = [
  'src/handlers/delay.ts',
  'src/handlers/echo.ts',
  'src/handlers/json.ts',
  'src/handlers/plaintext.ts',
  'src/log.ts',
  'test/tsconfig.json',
  'test/types.ts',
  'tsconfig.json',
  'vitest.config.ts',
];

export function projectFiles(spec: Spec): readonly FileIntent[] {
  const { start, module, workerModule, story } = compositionOf(spec);
  const hasWorkers = workerModule !== null;
  const protocols = protocolsView(spec);
  const imports = [
    { names: `{ ${start} }`, module },
    { names: '{ obeySignals }', module: 'ending' },
    { names: 'type { Server }', module: 'server' },
    ...(protocols.hasProtocols ? [framesImport(hasWorkers)] : []),
  ].sort((a, b) => (a.module < b.module ? -1 : 1));
  const composition = { start, imports, workerModule, story, hasWorkers, ...protocols };
  const compositionKeys = ['add protocol', ...kCompositionKeys];
  const settings = settingsView(spec);
  const config = { ...settings, ...protocols, bases: optionTypes(settings, protocols) };
  const readme = {
    name: answerOf(spec, 'name'),
    ...architectureView(spec),
    ...protocols,
    hasWorkers,
    inline: runsInline(spec.values),
    apt: aptPackages(spec),
  };
  return [
    intent('package.json', { kind: 'json', value: packageJson(spec) }, ['name']),
    rendered('biome.json', {}, []),
    rendered('README.md', readme, ['add protocol', 'name', ...kArchitectureKeys]),
    rendered('src/main.ts', composition, compositionKeys),
    ...(hasWorkers ? [rendered('src/worker.ts', composition, compositionKeys)] : []),
    rendered('src/config.ts', config, ['add protocol', ...kSettingKeys]),
    rendered('test/config.test.ts', settings, kSettingKeys),
    rendered('test/program.ts', { hasProtocols: protocols.hasProtocols }, ['add protocol']),
    rendered('test/server.test.ts', settings, kSettingKeys),
    routesFile(spec),
    ...kVerbatim.map(verbatim),
  ];
}

/** What main does for protocols: where workers serve, they answer the frames. */
function framesImport(hasWorkers: boolean): { readonly names: string; readonly module: string } {
  const names = hasWorkers ? 'listeners, withProtocols' : 'listeners, serveFrames, withProtocols';
  return { names: `{ ${names} }`, module: 'frames' };
}

/** The options of the server that the configuration holds, as an interface extends them. */
function optionTypes(
  { queueCapacity }: SettingsView,
  { hasProtocols }: { readonly hasProtocols: boolean },
): string {
  const types = ['ServerOptions'];
  if (queueCapacity !== null) types.push('QueueOptions');
  if (hasProtocols) types.push('ProtocolOptions');
  return types.join(', ');
}

interface SettingsView {
  /** False for a loop on the main thread, which has no workers to count. */
  readonly hasWorkers: boolean;
  readonly workers: string;
  /** For the help of `--workers`; empty without workers. */
  readonly crew: string;
  /** What "auto" is, as an expression. */
  readonly autoWorkers: string;
  /** Whether that expression asks for the cores. */
  readonly countsCores: boolean;
  /** Whether more workers than cores are warned of: where each is a loop. */
  readonly warnsOfWorkers: boolean;
  /** Null where handlers run in the loop itself. */
  readonly queueCapacity: number | null;
}

const kSettingKeys: readonly string[] = [...kCrewKeys, ...kPoolKeys];

function settingsView(spec: Spec): SettingsView {
  const size = spec.values['workers.size'];
  const crew = crewOf(spec);
  return {
    hasWorkers: crew !== null,
    workers: typeof size === 'number' ? String(size) : "'auto'",
    crew: crew === null ? '' : `${crew.what}; auto: ${crew.auto}`,
    autoWorkers: crew === null ? '' : countOf(crew),
    countsCores: crew !== null && crew.perCore !== null,
    warnsOfWorkers: crew !== null && wantsCores(crew),
    queueCapacity: runsInline(spec.values) ? null : poolSettings(spec).queueCapacity,
  };
}

function countOf({ perCore, fixed }: Crew): string {
  if (perCore === null) return String(fixed);
  return perCore === 1 ? 'availableParallelism()' : `${perCore} * availableParallelism()`;
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

/** Every file is there because of the language. */
function intent(path: string, source: Source, because: readonly string[]): FileIntent {
  const keys = [...new Set(['language', ...because])].sort();
  return { id: `typescript/${path}`, path, source, mode: 0o644, owner: 'merged', because: keys };
}
