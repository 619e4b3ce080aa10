/** `add deploy`: an image, a unit or manifests, for the architecture as it is. */

import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import { additionsOf, answerOf, type Spec } from '../../../src/spec/spec.ts';
import { crewOf, kCrewKeys } from '../../shared/crew.ts';
import { isCpp } from '../intent.ts';
import { type Protocol, protocolsOf } from '../protocol/protocols.ts';
import { deployKind } from './questions.ts';

export const deploy: Generator = {
  id: 'deploy',
  questions: [],
  rules: [],
  additions: [deployKind],
  files: (spec) => filesOf(spec),
};

interface DeployView {
  readonly name: string;
  /** The name as registries and clusters take it: no dash at its end, 63 letters at most. */
  readonly label: string;
  readonly port: number;
  readonly protocols: readonly Protocol[];
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

function filesOf(spec: Spec): readonly FileIntent[] {
  const added = new Map(
    additionsOf(spec, 'deploy').map(({ target, port }) => [target, Number(port ?? 8080)]),
  );
  const port = (target: string): number => added.get(target) ?? 8080;
  const needsImage = ['compose', 'docker', 'kubernetes'].some((target) => added.has(target));
  const language = isCpp(spec) ? 'cpp' : 'typescript';
  const unit = `deploy/${answerOf(spec, 'name')}.service`;
  const manifest = (kind: string): FileIntent =>
    intent(spec, `deploy/kubernetes/${kind}.yaml`, `kubernetes/${kind}.yaml`, port('kubernetes'));
  return [
    ...(needsImage
      ? [
          intent(spec, 'Dockerfile', `${language}/Dockerfile`, port('docker')),
          intent(spec, '.dockerignore', 'dockerignore', port('docker')),
        ]
      : []),
    ...(added.has('compose')
      ? [intent(spec, 'compose.yaml', 'compose.yaml', port('compose'))]
      : []),
    ...(added.has('systemd') ? [intent(spec, unit, 'unit', port('systemd'))] : []),
    ...(added.has('kubernetes') ? [manifest('deployment'), manifest('service')] : []),
  ];
}

function intent(spec: Spec, path: string, template: string, port: number): FileIntent {
  const because = ['add deploy', 'add protocol', 'io.model', 'language', 'name', ...kCrewKeys];
  return {
    // The unit is called like the project, and stays the same file when that is renamed.
    id: `deploy/${template.replace(/^(cpp|typescript)\//, '')}`,
    path,
    source: {
      kind: 'template',
      template: `additions/deploy/${template}.hbs`,
      view: viewOf(spec, port),
    },
    mode: 0o644,
    owner: 'merged',
    because: [...new Set(because)].sort(),
  };
}

/** Within an image nothing else listens, and nobody finds it unless it is published. */
function listensFor({ name, port }: Protocol): readonly string[] {
  return [`--listen-${name}`, `0.0.0.0:${port}`];
}

function viewOf(spec: Spec, port: number): DeployView {
  const name = String(answerOf(spec, 'name'));
  const crew = crewOf(spec);
  const protocols = protocolsOf(spec);
  const args = ['--listen', '0.0.0.0:8080', ...protocols.flatMap(listensFor)];
  return {
    name,
    label: name.slice(0, 63).replace(/-+$/, ''),
    port,
    protocols,
    args,
    command: `[${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    cpp: isCpp(spec),
    liburing: answerOf(spec, 'io.model') === 'io_uring',
    countsCores: crew?.perCore !== undefined && crew.perCore !== null,
    forks: spec.values['workers.kind'] === 'process',
    isPrivileged: port < 1024,
  };
}
