/** `add deploy`: files that run the server elsewhere, with the project's architecture unchanged. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Values } from '../../../src/spec/question.ts';
import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { kCrewKeys } from '../../architecture/settings/crew.ts';
import { isCpp } from '../intent.ts';
import { classicFiles } from './classic.ts';
import { debianFiles, kPackageFile } from './debian.ts';
import type { DeployFile } from './host.ts';
import { composeFiles, dockerFiles, kubernetesFiles } from './image.ts';
import { deployKind } from './questions.ts';
import { systemdFiles } from './systemd.ts';
import { workflowFiles } from './workflow.ts';

export const deploy: Generator = {
  id: 'deploy',
  questions: [],
  rules: [],
  additions: [deployKind],
  contributions: (spec) => ({ cmake: packageOf(spec) }),
  files: (spec, _, contributed) => filesOf(spec, contributed),
};

type Target = (spec: Spec, contributed: Contributed, port: number) => readonly DeployFile[];

const kTargets: Readonly<Record<string, readonly Target[]>> = {
  docker: [dockerFiles],
  compose: [dockerFiles, composeFiles],
  systemd: [systemdFiles],
  classic: [classicFiles],
  debian: [debianFiles],
  'github-actions': [workflowFiles],
  kubernetes: [dockerFiles, kubernetesFiles],
};

/** In a C++ project, CMake builds the package. */
function packageOf(spec: Spec) {
  const isWanted = isCpp(spec) && additionsOf(spec, 'deploy').some(isDebian);
  return {
    items: isWanted ? [{ path: kPackageFile }] : [],
    because: ['add deploy', 'language'],
  };
}

function isDebian({ target }: Values): boolean {
  return target === 'debian';
}

/** A file that several targets need is generated once. */
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
    // Paths contain the project's name, ids don't: a file stays the same when it is renamed.
    id: id === undefined ? `deploy/${kind}` : `deploy/${kind}/${id}`,
    path,
    source: { kind: 'template', template: `additions/deploy/${template}.hbs`, view },
    mode,
    owner: 'merged',
    because,
  };
}
