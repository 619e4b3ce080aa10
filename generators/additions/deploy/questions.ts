/** Where a server will run, and at which port clients reach it there. */

import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { ChoiceQuestion, NumberQuestion } from '../../../src/spec/question.ts';
import { kTargets } from './targets.ts';

const kGroup = 'deploy';

const target: ChoiceQuestion = {
  kind: 'choice',
  key: 'target',
  group: kGroup,
  depth: 'basic',
  title: 'Target',
  help: 'where the server will run, or what builds it',
  choices: kTargets,
  default: 'docker',
};

const port: NumberQuestion = {
  kind: 'number',
  key: 'port',
  group: kGroup,
  depth: 'custom',
  title: 'Port',
  help: 'the port for clients, on the machine or the Service; the image itself listens on 8080',
  default: 8080,
  min: 1,
  max: 65_535,
  unit: 'TCP port',
  when: { target: ['classic', 'compose', 'debian', 'kubernetes', 'systemd'] },
};

export const deployKind: AdditionKind = {
  kind: 'deploy',
  title: 'what you need to run the server: an image, a unit, an init script, manifests',
  help:
    'Files to run the server elsewhere: without root, with only the privileges it needs, and ' +
    'with time to finish its requests on shutdown. They are regenerated with the project.',
  questions: [target, port],
  next: ({ target }, { language, name }) =>
    nextFor(String(target), String(name), language === 'cpp'),
};

/**
 * Building an image runs the tests. The first lines of a unit or an init script say which file
 * belongs where.
 */
function nextFor(where: string, name: string, isCpp: boolean): readonly (readonly string[])[] {
  const image = ['docker', 'build', '--tag', imageOf(name), '.'];
  switch (where) {
    case 'compose':
      return [['docker', 'compose', 'up', '--build']];
    case 'kubernetes':
      return [image, ['kubectl', 'apply', '--filename', 'deploy/kubernetes']];
    case 'classic':
      return [['less', `deploy/classic/${name}.init`]];
    case 'debian':
      return isCpp ? kPackInCpp : [['sh', 'deploy/debian/build.sh']];
    case 'github-actions':
      return [['git', 'add', '.github/workflows/build.yaml']];
    case 'systemd':
      return [['less', `deploy/${name}.service`]];
    default:
      return [image];
  }
}

const kPackInCpp: readonly (readonly string[])[] = [
  ['cmake', '--preset', 'release'],
  ['cmake', '--build', '--preset', 'release'],
  ['cpack', '--config', 'build/release/CPackConfig.cmake', '-B', 'build/debian'],
];

/** The name in the form registries and clusters accept: no dash at the end, 63 letters at most. */
export function imageOf(name: string): string {
  return name.slice(0, 63).replace(/-+$/, '');
}
