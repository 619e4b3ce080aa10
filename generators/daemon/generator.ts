/** How a server leaves its terminal, drops its privileges, and reports to whatever started it. */

import type {
  Ability,
  AddonPart,
  CompiledSource,
  Contributions,
  NativeProgram,
  Part,
  Section,
  ServerOption,
  Step,
} from '../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../src/plan/generator.ts';
import type { Setting } from '../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { namespaceOf } from '../cpp/namespace.ts';
import { activation } from './activation.ts';
import type { Part as DaemonPart, Module } from './part.ts';
import { partsOf } from './parts.ts';
import { daemonQuestions, notify, reload, socketActivation } from './questions.ts';
import { changingDeadlines, changingLimits, reloadOrder } from './reloading.ts';
import { daemonRules } from './rules.ts';
import { daemonSection } from './section.ts';
import { style } from './style.ts';
import { watchdog } from './watchdog.ts';

export const daemon: Generator = {
  id: 'daemon',
  questions: daemonQuestions,
  rules: daemonRules,
  features: [
    {
      kind: 'daemon',
      title: 'what a server needs to run as a service',
      help: 'For a container, systemd, or a classic daemon that detaches itself.',
      question: style.key,
      off: 'foreground',
      usual: 'classic',
    },
  ],
  contributions: (spec) => ({
    ...inBoth(partsOf(spec.values), isActivated(spec)),
    sections: sectionsOf(spec),
    ...(isCpp(spec) ? inCpp(partsOf(spec.values)) : inTypescript(partsOf(spec.values))),
    ...reloadingOf(spec),
    serverOptions: all<ServerOption>([
      ...(isActivated(spec) ? [activation] : []),
      ...(reloads(spec) ? [changingDeadlines] : []),
      ...(spec.values[notify.key] === true ? [watchdog] : []),
    ]),
  }),
  files: (spec, _, { settings }) => {
    const parts = partsOf(spec.values, settings);
    return parts.flatMap((part) => (isCpp(spec) ? sourcesOf(part, spec) : modulesOf(part)));
  },
};

function isCpp(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'cpp';
}

/** Whether it takes over a service manager's sockets. */
function isActivated({ values }: Spec): boolean {
  return values[socketActivation.key] === true;
}

/** Whether its settings may change while it serves. */
function reloads({ values }: Spec): boolean {
  return values[reload.key] === true;
}

function reloadingOf(spec: Spec): Contributions {
  const of = <Item>(item: Item) => all<Item>(reloads(spec) ? [item] : []);
  return {
    httpOptions: of(changingLimits),
    orders: of(reloadOrder),
    levelChanges: of('daemon'),
    rereads: of('daemon'),
  };
}

function sectionsOf(spec: Spec): Part<Section> {
  const { items, because } = all<Section>([daemonSection(spec)]);
  return { items, because: ['concurrency.model', 'name', ...because] };
}

/** In the order of the program's life: later parts rely on earlier ones. */
function inBoth(parts: readonly DaemonPart[], takesSockets: boolean): Contributions {
  return {
    settings: all<Setting>(parts.flatMap(({ settings }) => settings)),
    steps: all<Step>(parts.flatMap(({ steps }) => steps)),
    abilities: all<Ability>([
      ...parts.flatMap(({ abilities = [] }) => abilities),
      ...(takesSockets ? (['takes-sockets'] as const) : []),
    ]),
  };
}

function inCpp(parts: readonly DaemonPart[]): Contributions {
  return {
    sources: all<CompiledSource>(
      parts.map(({ cpp: { name } }) => ({ path: `src/daemon/${name}.cc`, part: 'program' })),
    ),
    core: all<string>(parts.flatMap(({ cpp }) => cpp.core)),
  };
}

function inTypescript(parts: readonly DaemonPart[]): Contributions {
  const owned = parts.map(({ typescript }) => typescript);
  return {
    addon: all<AddonPart>(owned.flatMap(({ addon }) => addon ?? [])),
    programs: all<NativeProgram>(owned.flatMap(({ program }) => program ?? [])),
  };
}

function all<Item>(items: readonly Item[]) {
  return { items, because: ['language', 'workers.kind', ...daemonQuestions.map(({ key }) => key)] };
}

function sourcesOf({ cpp, keys }: DaemonPart, spec: Spec): readonly FileIntent[] {
  const { name, view, keys: further = [] } = cpp;
  const namespace = namespaceOf(String(answerOf(spec, 'name')));
  return ['cc', 'h'].map((extension) => ({
    id: `daemon/${name}.${extension}`,
    path: `src/daemon/${name}.${extension}`,
    source: {
      kind: 'template',
      template: `daemon/cpp/${name}.${extension}.hbs`,
      view: { namespace, ...view },
    },
    mode: 0o644,
    owner: 'merged',
    because: ['language', 'name', ...keys, ...further].sort(),
  }));
}

function modulesOf({ typescript: { modules }, keys }: DaemonPart): readonly FileIntent[] {
  return modules.map((module) => moduleFile(module, keys));
}

function moduleFile({ name, view, keys: further = [] }: Module, keys: readonly string[]) {
  const template = `daemon/typescript/${name}.ts`;
  const intent: FileIntent = {
    id: `daemon/${name}.ts`,
    path: `src/daemon/${name}.ts`,
    source:
      view === undefined
        ? { kind: 'copy', from: `templates/${template}` }
        : { kind: 'template', template: `${template}.hbs`, view },
    mode: 0o644,
    owner: 'merged',
    because: ['language', ...keys, ...further].sort(),
  };
  return intent;
}
