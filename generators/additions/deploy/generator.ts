/** `add deploy`: an image, a unit or manifests, for the architecture as it is. */

import type { Contributed, Port } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import { drainOf } from '../../../src/plan/setting.ts';
import { additionsOf, answerOf, type Spec } from '../../../src/spec/spec.ts';
import { crewOf, kCrewKeys } from '../../architecture/settings/crew.ts';
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
  /** Where its clients find it. */
  readonly port: number;
  /** Where the program listens for them in an image. */
  readonly inside: number;
  readonly beside: readonly Port[];
  /** What is asked whether it is well. */
  readonly probe: string;
  readonly drain: { readonly key: string; readonly seconds: number };
  /** What the program is told in an image, and the same as a list in JSON. */
  readonly args: readonly string[];
  readonly command: string;
  readonly cpp: boolean;
  readonly liburing: boolean;
  /** Debian's packages of what features bring. */
  readonly libraries: readonly { readonly build: string; readonly run: string | null }[];
  /** Whether "auto" workers count cores: those of the machine, whatever a limit says. */
  readonly countsCores: boolean;
  readonly forks: boolean;
  /** Below 1024 only who may can listen. */
  readonly isPrivileged: boolean;
}

function filesOf(spec: Spec, contributed: Contributed): readonly FileIntent[] {
  const [first] = contributed.ports.items;
  if (first === undefined) return [];
  const added = new Map(
    additionsOf(spec, 'deploy').map(({ target, port }) => [target, Number(port ?? first.number)]),
  );
  const port = (target: string): number => added.get(target) ?? first.number;
  const { ports, probes, libraries } = contributed;
  const because = [ports, probes, libraries].flatMap((part) => part.because);
  const needsImage = ['compose', 'docker', 'kubernetes'].some((target) => added.has(target));
  const language = isCpp(spec) ? 'cpp' : 'typescript';
  const unit = `deploy/${answerOf(spec, 'name')}.service`;
  const file = (path: string, template: string, target: string): FileIntent =>
    intent(path, template, viewOf(spec, contributed, port(target)), because);
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

function intent(
  path: string,
  template: string,
  view: DeployView,
  others: readonly string[],
): FileIntent {
  const because = ['add deploy', 'io.model', 'language', 'name', ...kCrewKeys, ...others];
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

function viewOf(spec: Spec, contributed: Contributed, port: number): DeployView {
  const name = String(answerOf(spec, 'name'));
  const crew = crewOf(spec);
  const ports = contributed.ports.items;
  const [first] = ports;
  const drain = drainOf(contributed.settings.items);
  // Within an image nothing else listens, and nobody finds it unless it is published.
  const args = ports.flatMap(({ key, number }) => [`--${key}`, `0.0.0.0:${number}`]);
  return {
    name,
    label: imageOf(name),
    port,
    inside: first?.number ?? port,
    beside: ports.slice(1),
    probe: contributed.probes.items.find((probe) => probe.port === first?.name)?.path ?? '/',
    drain: { key: drain.key, seconds: drain.ms / 1000 },
    args,
    command: `[${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    cpp: isCpp(spec),
    liburing: answerOf(spec, 'io.model') === 'io_uring',
    libraries: contributed.libraries.items.flatMap(({ cpp }) => (cpp === null ? [] : [cpp.debian])),
    countsCores: crew?.perCore !== undefined && crew.perCore !== null,
    forks: spec.values['workers.kind'] === 'process',
    isPrivileged: port < 1024,
  };
}
