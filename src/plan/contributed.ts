/** Combines all generators' contributions. If two collide, refuses them, with the names of both. */

import { ExitCode, UserError } from '../error.ts';
import type { Spec } from '../spec/spec.ts';
import type { Contributed, Contributions, FeatureRoute, Part, Port, Step } from './contribution.ts';
import { kSettingGroups, type Setting } from './setting.ts';

export interface Contributor {
  readonly id: string;
  readonly contributions?: (spec: Spec) => Contributions;
}

interface Owned<Item> {
  readonly owner: string;
  readonly part: Part<Item>;
}

/** Errors: `UserError` (usage) if two generators contribute what may exist only once. */
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
    applications: joined('application', ofKind('applications'), ({ name }) => name),
    settings: {
      ...settings,
      items: settings.items.toSorted((a, b) => groupOf(a) - groupOf(b)),
    },
    services: joined('service', ofKind('services'), ({ name }) => name),
    sources: joined('source', ofKind('sources'), ({ path }) => path),
    core: shared(ofKind('core'), (header) => header),
    runtime: shared(ofKind('runtime'), (module) => module),
    serverOptions: joined('server option', ofKind('serverOptions'), ({ name }) => name),
    addon: joined('part of the addon', ofKind('addon'), ({ header }) => header),
    programs: joined('program', ofKind('programs'), ({ name }) => name),
    httpOptions: joined('HTTP option', ofKind('httpOptions'), ({ name }) => name),
    levelChanges: shared(ofKind('levelChanges'), (who) => who),
    rereads: shared(ofKind('rereads'), (who) => who),
    orders: joined('order', ofKind('orders'), ({ flag }) => flag),
    routes: joined('route', ofKind('routes'), nameOfRoute),
    ports: joined('port', ofKind('ports'), ({ number }) => String(number)),
    probes: joined('probe', ofKind('probes'), ({ port }) => port),
    libraries: shared(ofKind('libraries'), ({ name }) => name),
    steps: inOrder(joined('step', ofKind('steps'), ({ name }) => name)),
    abilities: shared(ofKind('abilities'), (ability) => ability),
    cmake: joined('CMake file', ofKind('cmake'), ({ path }) => path),
    summary: shared(ofKind('summary'), (sentence) => sentence),
    sections: joined('section', ofKind('sections'), ({ title }) => title),
    places: joined('place', ofKind('places'), ({ path }) => path),
    ignored: joined('ignored path', ofKind('ignored'), ({ path }) => path),
  };
}

/**
 * What features use, so additions may not. If two features use the same, `contributedBy` reports
 * it.
 */
export interface Taken {
  readonly routes: readonly FeatureRoute[];
  readonly ports: readonly Port[];
}

export function takenBy(generators: readonly Contributor[], spec: Spec): Taken {
  const all = generators.map(({ contributions }) => contributions?.(spec) ?? {});
  return {
    routes: all.flatMap(({ routes }) => routes?.items ?? []),
    ports: all.flatMap(({ ports }) => ports?.items ?? []),
  };
}

/** `GET /upstream` */
export function nameOfRoute({ method, path }: FeatureRoute): string {
  return `${method.toUpperCase()} ${path}`;
}

type Item<Kind extends keyof Contributed> = Contributed[Kind]['items'][number];

/** Puts each step after the step that it names. Errors: no generator contributes that step. */
function inOrder({ items, because }: Part<Step>): Part<Step> {
  const ordered: Step[] = items.filter(({ after }) => after === undefined);
  const waiting = new Set(items.filter(({ after }) => after !== undefined));
  while (waiting.size > 0) {
    const placeOf = ({ after, moment }: Step): number =>
      ordered.findIndex((one) => one.name === after && one.moment === moment);
    const next = [...waiting].find((step) => placeOf(step) !== -1);
    if (next === undefined) throw withoutNeighbour([...waiting]);
    ordered.splice(placeOf(next) + 1, 0, next);
    waiting.delete(next);
  }
  return { items: ordered, because };
}

function withoutNeighbour(steps: readonly Step[]): UserError {
  const issues = steps.map(({ name, after, moment }) => ({
    at: name,
    message: `the step "${name}" must follow "${after}", which is not a step of that moment`,
    fix: `Make it follow a step of the moment "${moment}", or none.`,
  }));
  return new UserError(ExitCode.usage, issues);
}

/** Combines the generators' contributions, in the generators' order; duplicates are refused. */
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
        const fix = `Leave out one of the two, or give one of them a different ${what}.`;
        throw new UserError(ExitCode.usage, [{ at: key, message, fix }]);
      }
      owners.set(key, owner);
    }
  }
  return shared(parts, keyOf);
}

/** Combines contributions, and keeps only one of those that are identical. */
function shared<Item>(parts: readonly Owned<Item>[], keyOf: (item: Item) => string): Part<Item> {
  const items = parts.flatMap(({ part }) => part.items);
  return {
    items: [...new Map(items.map((item) => [keyOf(item), item])).values()],
    because: [...new Set(parts.flatMap(({ part }) => part.because))].sort(),
  };
}
