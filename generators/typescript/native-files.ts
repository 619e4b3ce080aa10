/** The addon: its architecture, the parts that needs, and the part of the core below them. */

import type { Assets } from '../../src/plan/assets.ts';
import type { AddonPart, Contributed, NativeProgram, Part } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { compareNaturally } from '../additions/natural-order.ts';
import { runsInline } from '../architecture/inline.ts';
import { crewOf, wantsCores } from '../architecture/settings/crew.ts';
import { coreFiles } from '../core/core-files.ts';
import { quotedIncludes } from '../core/include-graph.ts';
import { ioParts, kIoKeys, spellMaker } from '../core/io-parts.ts';
import { namespaceOf } from '../cpp/namespace.ts';
import { type KnownService, servicesIn } from '../shared/services.ts';
import { compositionOf, kCompositionKeys } from './composition.ts';

const kBinding = 'native-core/binding';

/** Rendered for each project: what waits, and what executes which step. */
const kArchitecture = 'addon/architecture.h';

const kAlwaysIncluded = ['addon/environment.h', 'addon/exchange/exchange_calls.h'];

const kKeys: readonly string[] = [...new Set(['language', ...kIoKeys, ...kCompositionKeys])].sort();

export function nativeFiles(
  spec: Spec,
  assets: Assets,
  contributed: Contributed,
): readonly FileIntent[] {
  const { parts } = compositionOf(spec);
  const services = servicesIn(contributed.services, 'typescript');
  const serves = services.items.length > 0;
  const { programs } = contributed;
  const brought = broughtParts(spec, contributed);
  const always = addonClosure(assets, kAlwaysIncluded);
  const architecture = architectureOf(spec);
  const included = [
    ...parts.map(addonHeader),
    ...architecture.headers.filter((header) => header.startsWith('addon/')),
  ];
  const layers: readonly Layer[] = [
    { paths: addonClosure(assets, [...kAlwaysIncluded, ...included]), because: [] },
    ...brought.map(({ items, because }) => {
      return { paths: addonClosure(assets, items.map(addonHeader)), because };
    }),
    { paths: new Set(programs.items.map(({ source }) => source)), because: programs.because },
  ];
  const sources = [...new Set(layers.flatMap(({ paths }) => [...paths]))].sort();
  const copies = sources.map((path): FileIntent => {
    return {
      id: `typescript/native/${path}`,
      path: `native/${path}`,
      source: { kind: 'copy', from: `${kBinding}/${path}` },
      mode: 0o644,
      owner: 'merged',
      because: always.has(path) ? ['language'] : reasons(layers, path),
    };
  });
  const headers = layers.map(({ paths, because }): Layer => {
    const texts = [...paths].map((path) => assets.read(`${kBinding}/${path}`));
    return { paths: new Set(texts.flatMap(coreHeadersIn)), because };
  });
  const core: readonly Layer[] = [
    { paths: new Set(architecture.headers.filter(isOfCore)), because: [] },
    ...headers,
  ];
  const entries = [...new Set(core.flatMap(({ paths }) => [...paths]))].sort().map((header) => {
    return { header, because: reasons(core, header) };
  });
  const allParts = [...brought.flatMap(({ items }) => items), ...parts];
  return [
    buildFile(assets, programs),
    ...copies,
    rendered(kArchitecture, architecture, kKeys),
    rendered(
      'addon/module.cc',
      moduleView(allParts),
      union(kKeys, ...brought.map(({ because }) => because)),
    ),
    ...(serves ? [codecList(spec, services)] : []),
    ...coreFiles(assets, entries, { into: 'native/core', because: ['language'] }),
  ];
}

/** Files that some of the answers require. The composition comes first, and adds no reasons. */
interface Layer {
  readonly paths: ReadonlySet<string>;
  readonly because: readonly string[];
}

function reasons(layers: readonly Layer[], path: string): readonly string[] {
  const bringing = layers.filter(({ paths }) => paths.has(path));
  if (bringing.some(({ because }) => because.length === 0)) return kKeys;
  return union(kKeys, ...bringing.map(({ because }) => because));
}

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort();
}

function addonHeader({ header }: AddonPart): string {
  return `addon/${header}`;
}

function isOfCore(header: string): boolean {
  return header.startsWith('hpserver/');
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

/** The addon's parts beyond the composition, grouped by the answers that require them. */
function broughtParts(spec: Spec, contributed: Contributed): readonly Part<AddonPart>[] {
  const { addon, httpOptions, serverOptions, services } = contributed;
  const serves = servicesIn(services, 'typescript').items.length > 0;
  return [
    { items: serves ? [framePart(spec)] : [], because: services.because },
    ...[serverOptions, httpOptions].map(({ items, because }) => {
      return { items: items.flatMap(({ typescript }) => typescript ?? []), because };
    }),
    addon,
  ];
}

/** The CMakeLists.txt: the addon's own, and an addition for each program built with it. */
function buildFile(assets: Assets, { items, because }: Part<NativeProgram>): FileIntent {
  const addon = assets.read(`${kBinding}/CMakeLists.txt`).trimEnd();
  return rendered('CMakeLists.txt', { addon, programs: items }, union(['language'], because));
}

/** What serves frames besides HTTP. */
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
  /** Whether native threads run a server; otherwise JavaScript threads run loops. */
  readonly hasServer: boolean;
  /** Whether to warn if there are more workers than cores. */
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

/**
 * The addon headers that the entries include, and their implementations. The architecture is left
 * out: it is rendered.
 */
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
  return quotedIncludes(text).filter(isOfCore);
}
