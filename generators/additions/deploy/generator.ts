/** `add deploy`: an image, a unit or manifests, for the architecture as it is. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Setting } from '../../../src/plan/setting.ts';
import { additionsOf, answerOf, type Spec } from '../../../src/spec/spec.ts';
import { crewOf, kCrewKeys } from '../../architecture/settings/crew.ts';
import { kDrainKey, kHttpPort } from '../../http/settings.ts';
import { isCpp } from '../intent.ts';
import { deployKind, imageOf } from './questions.ts';

export const deploy: Generator = {
  id: 'deploy',
  questions: [],
  rules: [],
  additions: [deployKind],
  files: (spec, _, contributed) => filesOf(spec, contributed),
};

interface DeployView {
  readonly name: string;
  /** The name as registries and clusters take it: no dash at its end, 63 letters at most. */
  readonly label: string;
  readonly port: number;
  /** What it listens for beside HTTP. */
  readonly beside: readonly Listener[];
  readonly drain: { readonly key: string; readonly seconds: number };
  /** What the program is told in an image, and the same as a list in JSON. */
  readonly args: readonly string[];
  readonly command: string;
  readonly cpp: boolean;
  readonly liburing: boolean;
  /** Whether "auto" workers count cores: those of the machine, whatever a limit says. */
  readonly countsCores: boolean;
  readonly forks: boolean;
  /** Below 1024 only who may can listen. */
  readonly isPrivileged: boolean;
}

function filesOf(spec: Spec, contributed: Contributed): readonly FileIntent[] {
  const added = new Map(
    additionsOf(spec, 'deploy').map(({ target, port }) => [target, Number(port ?? kHttpPort)]),
  );
  const port = (target: string): number => added.get(target) ?? kHttpPort;
  const needsImage = ['compose', 'docker', 'kubernetes'].some((target) => added.has(target));
  const language = isCpp(spec) ? 'cpp' : 'typescript';
  const unit = `deploy/${answerOf(spec, 'name')}.service`;
  const file = (path: string, template: string, target: string): FileIntent =>
    intent(path, template, viewOf(spec, contributed, port(target)));
  const manifest = (kind: string): FileIntent =>
    file(`deploy/kubernetes/${kind}.yaml`, `kubernetes/${kind}.yaml`, 'kubernetes');
  return [
    ...(needsImage
      ? [
          file('Dockerfile', `${language}/Dockerfile`, 'docker'),
          file('.dockerignore', 'dockerignore', 'docker'),
        ]
      : []),
    ...(added.has('compose') ? [file('compose.yaml', 'compose.yaml', 'compose')] : []),
    ...(added.has('systemd') ? [file(unit, 'unit', 'systemd')] : []),
    ...(added.has('kubernetes') ? [manifest('deployment'), manifest('service')] : []),
  ];
}

function intent(path: string, template: string, view: DeployView): FileIntent {
  const because = ['add deploy', 'add protocol', 'io.model', 'language', 'name', ...kCrewKeys];
  return {
    // The unit is called like the project, and stays the same file when that is renamed.
    id: `deploy/${template.replace(/^(cpp|typescript)\//, '')}`,
    path,
    source: {
      kind: 'template',
      template: `additions/deploy/${template}.hbs`,
      view,
    },
    mode: 0o644,
    owner: 'merged',
    because: [...new Set(because)].sort(),
  };
}

interface Listener {
  /** `listen-chat`. */
  readonly key: string;
  /** `chat`. */
  readonly name: string;
  readonly port: number;
}

/** Who listens beside HTTP, and where unless it is told otherwise. */
function listenersOf({ services, settings }: Contributed): readonly Listener[] {
  return services.items.map(({ name, listens }) => {
    const takes = settings.items.find(({ key }) => key === listens)?.takes;
    const address = takes?.kind === 'addresses' ? takes.default[0] : undefined;
    return { key: listens, name, port: Number(address?.split(':').at(-1)) };
  });
}

/** How long the program may take to end, once it was told to. */
function drainOf(settings: readonly Setting[]): DeployView['drain'] {
  const drain = settings.find(({ key }) => key === kDrainKey)?.takes;
  if (drain?.kind !== 'number') throw new Error(`there is no setting ${kDrainKey}`);
  return { key: kDrainKey, seconds: Number(drain.default) / 1000 };
}

function viewOf(spec: Spec, contributed: Contributed, port: number): DeployView {
  const name = String(answerOf(spec, 'name'));
  const crew = crewOf(spec);
  const beside = listenersOf(contributed);
  // Within an image nothing else listens, and nobody finds it unless it is published.
  const args = [{ key: 'listen', port: kHttpPort }, ...beside].flatMap((each) => [
    `--${each.key}`,
    `0.0.0.0:${each.port}`,
  ]);
  return {
    name,
    label: imageOf(name),
    port,
    beside,
    drain: drainOf(contributed.settings.items),
    args,
    command: `[${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    cpp: isCpp(spec),
    liburing: answerOf(spec, 'io.model') === 'io_uring',
    countsCores: crew?.perCore !== undefined && crew.perCore !== null,
    forks: spec.values['workers.kind'] === 'process',
    isPrivileged: port < 1024,
  };
}
