/** `add deploy`: what runs the server elsewhere, for the architecture as it is. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { kCrewKeys } from '../../architecture/settings/crew.ts';
import { classicFiles, type DeployFile, systemdFiles } from './host.ts';
import { composeFiles, dockerFiles, kubernetesFiles } from './image.ts';
import { deployKind } from './questions.ts';

export const deploy: Generator = {
  id: 'deploy',
  questions: [],
  rules: [],
  additions: [deployKind],
  files: (spec, _, contributed) => filesOf(spec, contributed),
};

type Target = (spec: Spec, contributed: Contributed, port: number) => readonly DeployFile[];

const kTargets: Readonly<Record<string, readonly Target[]>> = {
  docker: [dockerFiles],
  compose: [dockerFiles, composeFiles],
  systemd: [systemdFiles],
  classic: [classicFiles],
  kubernetes: [dockerFiles, kubernetesFiles],
};

/** What several targets need is there once. */
function filesOf(spec: Spec, contributed: Contributed): readonly FileIntent[] {
  const [first] = contributed.ports.items;
  if (first === undefined) return [];
  const files = additionsOf(spec, 'deploy').flatMap(({ target, port }) => {
    const own = kTargets[String(target)] ?? [];
    return own.flatMap((make) => make(spec, contributed, Number(port ?? first.number)));
  });
  const because = becauseOf(contributed);
  return [...new Map(files.map((file) => [file.path, intent(file, because)])).values()];
}

function becauseOf(contributed: Contributed): readonly string[] {
  const { abilities, libraries, ports, probes, settings } = contributed;
  const others = [abilities, libraries, ports, probes, settings].flatMap((part) => part.because);
  const own = ['add deploy', 'io.model', 'language', 'name', 'workers.kind', ...kCrewKeys];
  return [...new Set([...own, ...others])].sort();
}

function intent(
  { path, template, view, id, mode = 0o644 }: DeployFile,
  because: readonly string[],
): FileIntent {
  const kind = template.replace(/^(cpp|typescript)\//, '');
  return {
    // Files are called like the project, and stay the same when that is renamed.
    id: id === undefined ? `deploy/${kind}` : `deploy/${kind}/${id}`,
    path,
    source: { kind: 'template', template: `additions/deploy/${template}.hbs`, view },
    mode,
    owner: 'merged',
    because,
  };
}
