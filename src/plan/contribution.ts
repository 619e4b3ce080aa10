/**
 * What a feature brings to files that others own: values. The language generators render them
 * without knowing which feature they come from.
 */

import { ExitCode, UserError } from '../error.ts';
import type { Spec } from '../spec/spec.ts';
import { kSettingGroups, type Setting } from './setting.ts';

/** All of one kind, and what decides on them: keys of questions, and `add KIND` for additions. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly because: readonly string[];
}

/** Of all generators together; each kind in the order in which files show it. */
export interface Contributed {
  readonly settings: Part<Setting>;
  readonly services: Part<Service>;
  readonly sources: Part<CompiledSource>;
  /** Headers of the core that a feature's own sources include, below `hpserver/`. */
  readonly core: Part<string>;
  readonly routes: Part<FeatureRoute>;
  /** Sentences of the README's first paragraph: what the server answers. */
  readonly summary: Part<string>;
  readonly places: Part<ProjectPlace>;
  readonly ignored: Part<IgnoredPath>;
}

export type Contributions = Partial<Contributed>;

/** Who answers at addresses of its own, beside HTTP. */
export interface Service {
  /** As the program announces it, and tests ask for it: `chat`. */
  readonly name: string;
  /** The key of the setting that says where it listens: `listen-chat`. */
  readonly listens: string;
  readonly cpp: {
    /** Declares it, below `src/`. */
    readonly header: string;
    /** An expression that makes one, a `std::unique_ptr`. */
    readonly make: string;
  };
}

/** A path that a feature answers, whatever the user's routes are. */
export interface FeatureRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Who answers, in words: `the upstream server`. */
  readonly by: string;
  readonly cpp: {
    /** Declares what `make` names, below `src/`. */
    readonly header: string;
    /** An expression that makes a handler from `config`, a `std::unique_ptr`. */
    readonly make: string;
  };
}

/** What a C++ project compiles beside its own sources. */
export interface CompiledSource {
  /** Below the project. */
  readonly path: string;
  /** `generated`: by a compiler of grammars, which has its own idea of a warning. */
  readonly part: 'program' | 'generated' | 'tests';
}

/** A row of the table by which a README shows where things are. */
export interface ProjectPlace {
  readonly path: string;
  readonly what: string;
}

/** What git leaves out. */
export interface IgnoredPath {
  readonly path: string;
  readonly reason: string;
}

export interface Contributor {
  readonly id: string;
  readonly contributions?: (spec: Spec) => Contributions;
}

interface Owned<Item> {
  readonly owner: string;
  readonly part: Part<Item>;
}

/** Errors: `UserError` (usage) where two generators contribute what can be there only once. */
export function contributedBy(generators: readonly Contributor[], spec: Spec): Contributed {
  const all = generators.flatMap(({ id, contributions }) => {
    const own = contributions?.(spec);
    return own === undefined ? [] : [{ id, own }];
  });
  const ofKind = <Kind extends keyof Contributed>(kind: Kind): readonly Owned<Item<Kind>>[] =>
    all.flatMap(({ id, own }) => {
      const part = own[kind] as Part<Item<Kind>> | undefined;
      return part === undefined ? [] : [{ owner: id, part }];
    });
  const groupOf = ({ group }: Setting): number => kSettingGroups.indexOf(group);
  const settings = joined('setting', ofKind('settings'), ({ key }) => key);
  return {
    settings: {
      ...settings,
      items: settings.items.toSorted((a, b) => groupOf(a) - groupOf(b)),
    },
    services: joined('service', ofKind('services'), ({ name }) => name),
    sources: joined('source', ofKind('sources'), ({ path }) => path),
    core: shared(ofKind('core')),
    routes: joined('route', ofKind('routes'), nameOfRoute),
    summary: shared(ofKind('summary')),
    places: joined('place', ofKind('places'), ({ path }) => path),
    ignored: joined('ignored path', ofKind('ignored'), ({ path }) => path),
  };
}

/** What features answer; where two answer the same, that is `contributedBy`'s to say. */
export function featureRoutes(
  generators: readonly Contributor[],
  spec: Spec,
): readonly FeatureRoute[] {
  return generators.flatMap(({ contributions }) => contributions?.(spec).routes?.items ?? []);
}

/** `GET /upstream` */
export function nameOfRoute({ method, path }: FeatureRoute): string {
  return `${method.toUpperCase()} ${path}`;
}

type Item<Kind extends keyof Contributed> = Contributed[Kind]['items'][number];

/** In the order of the generators. */
function joined<Item>(
  what: string,
  parts: readonly Owned<Item>[],
  keyOf: (item: Item) => string,
): Part<Item> {
  const owners = new Map<string, string>();
  for (const { owner, part } of parts) {
    for (const key of part.items.map(keyOf)) {
      const other = owners.get(key);
      if (other !== undefined) {
        const message = `"${other}" and "${owner}" both contribute the ${what} "${key}"`;
        const fix = `Leave one of them out, or call its ${what} otherwise.`;
        throw new UserError(ExitCode.usage, [{ at: key, message, fix }]);
      }
      owners.set(key, owner);
    }
  }
  return shared(parts);
}

/** What several may bring alike. */
function shared<Item>(parts: readonly Owned<Item>[]): Part<Item> {
  return {
    items: [...new Set(parts.flatMap(({ part }) => part.items))],
    because: [...new Set(parts.flatMap(({ part }) => part.because))].sort(),
  };
}
