/** The image of a server, and what runs it: Docker by itself, Compose, Kubernetes. */

import type { Contributed, Port } from '../../../src/plan/contribution.ts';
import { drainOf } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { crewOf } from '../../architecture/settings/crew.ts';
import { isCpp } from '../intent.ts';
import type { DeployFile } from './host.ts';
import { flagsOf, placedInImage } from './places.ts';
import { imageOf } from './questions.ts';

interface ImageView {
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
}

export function dockerFiles(spec: Spec, contributed: Contributed): readonly DeployFile[] {
  const [first] = contributed.ports.items;
  const view = imageView(spec, contributed, first?.number ?? 0);
  const language = isCpp(spec) ? 'cpp' : 'typescript';
  return [
    { path: 'Dockerfile', template: `${language}/Dockerfile`, view },
    { path: '.dockerignore', template: 'dockerignore', view },
  ];
}

export function composeFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = imageView(spec, contributed, port);
  return [{ path: 'compose.yaml', template: 'compose.yaml', view }];
}

export function kubernetesFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = imageView(spec, contributed, port);
  return ['deployment', 'service'].map((kind) => ({
    path: `deploy/kubernetes/${kind}.yaml`,
    template: `kubernetes/${kind}.yaml`,
    view,
  }));
}

function imageView(spec: Spec, contributed: Contributed, port: number): ImageView {
  const name = String(answerOf(spec, 'name'));
  const crew = crewOf(spec);
  const ports = contributed.ports.items;
  const [first] = ports;
  const settings = contributed.settings.items;
  const drain = drainOf(settings);
  // Within an image nothing else listens, and nobody finds it unless it is published.
  const listens = ports.flatMap(({ key, number }) => [`--${key}`, `0.0.0.0:${number}`]);
  const args = [...listens, ...flagsOf(placedInImage(settings))];
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
  };
}
