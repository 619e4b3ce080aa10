/** The files of the project that aren't copied from the core: from `templates/typescript/`. */

import type { FileIntent, Source } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { architectureView, kArchitectureKeys } from '../shared/architecture-view.ts';
import { compositionOf, kCompositionKeys } from './composition.ts';
import { packageJson } from './package-json.ts';

const kVerbatim = [
  'src/handlers/delay.ts',
  'src/handlers/echo.ts',
  'src/handlers/json.ts',
  'src/handlers/plaintext.ts',
  'src/log.ts',
  'src/routes.ts',
  'test/program.ts',
  'test/tsconfig.json',
  'test/types.ts',
  'tsconfig.json',
  'vitest.config.ts',
];

const kWorkerKeys = ['concurrency.model', 'workers.size'];

export function projectFiles(spec: Spec): readonly FileIntent[] {
  const composition = compositionOf(spec);
  const settings = settingsView(spec);
  const wish = { name: answerOf(spec, 'name'), ...architectureView(spec) };
  return [
    intent('package.json', { kind: 'json', value: packageJson(spec) }, ['name']),
    rendered('biome.json', {}, []),
    rendered('README.md', { ...wish, ...composition }, ['name', ...kArchitectureKeys]),
    rendered('src/main.ts', composition, kCompositionKeys),
    ...(composition.hasWorkers ? [rendered('src/worker.ts', composition, kCompositionKeys)] : []),
    rendered('src/config.ts', settings, kWorkerKeys),
    rendered('test/config.test.ts', settings, kWorkerKeys),
    rendered('test/server.test.ts', settings, kWorkerKeys),
    ...kVerbatim.map(verbatim),
  ];
}

/** `single` has no workers to count. */
function settingsView(spec: Spec): { readonly hasWorkers: boolean; readonly workers: string } {
  const size = spec.values['workers.size'];
  const workers = typeof size === 'number' ? String(size) : "'auto'";
  return { hasWorkers: size !== undefined, workers };
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
