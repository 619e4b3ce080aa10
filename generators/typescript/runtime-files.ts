/** The runtime over the addon: the modules that the composition imports, and what those import. */

import { posix } from 'node:path';
import type { Assets } from '../../src/plan/assets.ts';
import type { Part } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { KnownService } from '../shared/services.ts';
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
  services: Part<KnownService<'typescript'>>,
): readonly FileIntent[] {
  const always = importClosure(assets, kAlwaysImported);
  const composed = importClosure(assets, [...kAlwaysImported, ...modulesOf(spec)]);
  const beside = services.items.length > 0 ? importClosure(assets, ['frames.ts']) : [];
  return [...new Set([...composed, ...beside])].sort().map((name) => {
    const because = composed.has(name) ? kKeys : [...services.because, 'language'];
    return {
      id: `typescript/server/${name}`,
      path: `src/server/${name}`,
      source: { kind: 'copy', from: `${kRuntime}/${name}` },
      mode: 0o644,
      owner: 'merged',
      because: always.has(name) ? ['language'] : because,
    };
  });
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
