/** The addon: its architecture, the parts that this needs, and the part of the core under them. */

import type { Assets } from '../../src/plan/assets.ts';
import type { Part } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { compareNaturally } from '../additions/natural-order.ts';
import { runsInline } from '../architecture/inline.ts';
import { crewOf, wantsCores } from '../architecture/settings/crew.ts';
import { coreFiles } from '../core/core-files.ts';
import { quotedIncludes } from '../core/include-graph.ts';
import { ioParts, kIoKeys, spellMaker } from '../core/io-parts.ts';
import { namespaceOf } from '../cpp/namespace.ts';
import type { KnownService } from '../shared/services.ts';
import { type AddonPart, compositionOf, kCompositionKeys } from './composition.ts';

const kBinding = 'native-core/binding';

/** Rendered for each project: who waits, and who executes which step. */
const kArchitecture = 'addon/architecture.h';

const kAlwaysIncluded = ['addon/environment.h', 'addon/exchange/exchange_calls.h'];

const kKeys: readonly string[] = [...new Set(['language', ...kIoKeys, ...kCompositionKeys])].sort();

export function nativeFiles(
  spec: Spec,
  assets: Assets,
  services: Part<KnownService<'typescript'>>,
): readonly FileIntent[] {
  const { parts } = compositionOf(spec);
  const besideKeys = [...services.because, ...kKeys];
  const serves = services.items.length > 0;
  const beside = serves ? [framePart(spec)] : [];
  const always = addonClosure(assets, kAlwaysIncluded);
  const architecture = architectureOf(spec);
  const included = [
    ...parts.map(({ header }) => `addon/${header}`),
    ...architecture.headers.filter((header) => header.startsWith('addon/')),
  ];
  const composed = addonClosure(assets, [...kAlwaysIncluded, ...included]);
  const frames = addonClosure(
    assets,
    beside.map(({ header }) => `addon/${header}`),
  );
  const sources = [...new Set([...composed, ...frames])].sort();
  const reasons = (path: string): readonly string[] => (composed.has(path) ? kKeys : besideKeys);
  const copies = ['CMakeLists.txt', ...sources].map((path): FileIntent => {
    return {
      id: `typescript/native/${path}`,
      path: `native/${path}`,
      source: { kind: 'copy', from: `${kBinding}/${path}` },
      mode: 0o644,
      owner: 'merged',
      because: path === 'CMakeLists.txt' || always.has(path) ? ['language'] : reasons(path),
    };
  });
  const headersOf = (paths: Iterable<string>): readonly string[] =>
    [...paths].flatMap((path) => coreHeadersIn(assets.read(`${kBinding}/${path}`)));
  const core = new Set([
    ...architecture.headers.filter((header) => header.startsWith('hpserver/')),
    ...headersOf(composed),
  ]);
  const entries = [...new Set([...core, ...headersOf(frames)])].sort().map((header) => {
    return { header, because: core.has(header) ? kKeys : besideKeys };
  });
  return [
    ...copies,
    rendered(kArchitecture, architecture, kKeys),
    rendered('addon/module.cc', moduleView([...beside, ...parts]), besideKeys),
    ...(serves ? [codecList(spec, services)] : []),
    ...coreFiles(assets, entries, { into: 'native/core', because: ['language'] }),
  ];
}

/** Which codecs the addon knows. */
function codecList(spec: Spec, { items, because }: Part<KnownService<'typescript'>>): FileIntent {
  const view = {
    namespace: namespaceOf(String(answerOf(spec, 'name'))),
    headers: items.map(({ codec }) => codec.header).sort(),
    services: items.toSorted((a, b) => compareNaturally(a.name, b.name)),
  };
  const keys = [...new Set(['language', 'name', ...because])].sort();
  return rendered('addon/protocols/protocols.cc', view, keys);
}

/** What serves frames beside HTTP. */
function framePart(spec: Spec): AddonPart {
  return runsInline(spec.values)
    ? { header: 'frame/inline_frames.h', define: 'InlineFrames::add_to' }
    : { header: 'frame/queued_frames.h', define: 'QueuedFrames::add_to' };
}

function moduleView(parts: readonly AddonPart[]): object {
  return {
    headers: parts.map(({ header }) => header).sort(),
    defines: parts.map(({ define }) => define),
  };
}

interface Architecture {
  readonly maker: string;
  readonly headers: readonly string[];
  /** Whether native threads run a server; else JavaScript threads run loops. */
  readonly hasServer: boolean;
  /** Whether workers that outnumber the cores are to be warned of. */
  readonly workersAreLoops: boolean;
  readonly server: { readonly type: string | null; readonly story: readonly string[] };
  readonly duties: string | null;
}

function architectureOf(spec: Spec): Architecture {
  const io = ioParts(spec);
  const { server } = compositionOf(spec);
  const headers = io.headers.map((header) => `hpserver/${header}`);
  return {
    maker: spellMaker(io, ''),
    headers: [...headers, ...(server === null ? [] : [server.header])].sort(),
    hasServer: server !== null,
    workersAreLoops: wantsCores(crewOf(spec)),
    server: { type: server?.type ?? null, story: server?.story ?? [] },
    duties: server?.duties ?? null,
  };
}

function rendered(path: string, view: object, because: readonly string[]): FileIntent {
  return {
    id: `typescript/native/${path}`,
    path: `native/${path}`,
    source: { kind: 'template', template: `typescript/native/${path}.hbs`, view },
    mode: 0o644,
    owner: 'merged',
    because,
  };
}

/** The headers that these lead to, and what implements them; the architecture is rendered. */
function addonClosure(assets: Assets, entries: readonly string[]): ReadonlySet<string> {
  const present = new Set(assets.list(`${kBinding}/addon`));
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path) || path === kArchitecture) continue;
    reached.add(path);
    waiting.push(...addonHeadersIn(assets.read(`${kBinding}/${path}`)));
    const implementation = path.replace(/\.h$/, '.cc');
    if (present.has(`${kBinding}/${implementation}`)) waiting.push(implementation);
  }
  return reached;
}

function addonHeadersIn(text: string): readonly string[] {
  return quotedIncludes(text).filter((path) => path.startsWith('addon/'));
}

function coreHeadersIn(text: string): readonly string[] {
  return quotedIncludes(text).filter((path) => path.startsWith('hpserver/'));
}
