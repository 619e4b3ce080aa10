/** The runtime on top of the addon: the modules the composition imports, and what those import. */

import { posix } from 'node:path';
import type { Assets } from '../../src/plan/assets.ts';
import type { Contributed } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { servicesIn } from '../shared/services.ts';
import { compositionOf, kCompositionKeys } from './composition.ts';

const kRuntime = 'native-core/binding/server';

/** What handlers and routes import, whatever the architecture. */
const kAlwaysImported = [
  'ending.ts',
  'http-error.ts',
  'log-file.ts',
  'places.ts',
  'routes.ts',
  'server.ts',
  'settings/kinds.ts',
  'settings/read.ts',
];

const kKeys: readonly string[] = ['language', ...kCompositionKeys].sort();

export function runtimeFiles(
  spec: Spec,
  assets: Assets,
  contributed: Contributed,
): readonly FileIntent[] {
  const services = servicesIn(contributed.services, 'typescript');
  const always = importClosure(assets, kAlwaysImported);
  const composed = importClosure(assets, [...kAlwaysImported, ...modulesOf(spec)]);
  const frames = importClosure(assets, services.items.length > 0 ? ['frames.ts'] : []);
  const further = importClosure(assets, contributed.runtime.items);
  const reasons = (name: string): readonly string[] => {
    if (always.has(name)) return ['language'];
    if (composed.has(name)) return kKeys;
    return [
      'language',
      ...(frames.has(name) ? services.because : []),
      ...(further.has(name) ? contributed.runtime.because : []),
    ];
  };
  return [...new Set([...composed, ...frames, ...further])].sort().map((name) => ({
    id: `typescript/server/${name}`,
    path: `src/server/${name}`,
    source: { kind: 'copy', from: `${kRuntime}/${name}` },
    mode: 0o644,
    owner: 'merged',
    because: reasons(name),
  }));
}

function modulesOf(spec: Spec): readonly string[] {
  const { module, workerModule } = compositionOf(spec);
  return [module, workerModule].flatMap((name) => (name === null ? [] : [`${name}.ts`]));
}

function importClosure(assets: Assets, entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const imported = importsOf(assets.read(`${kRuntime}/${name}`));
    waiting.push(...imported.map((path) => posix.join(posix.dirname(name), path)));
  }
  return reached;
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/ from '(\.\.?\/[^']+)';$/gm)].map(([, name = '']) => name);
}
