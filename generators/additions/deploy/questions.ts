/** Where a server is to run, and where its clients find it there. */

import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { ChoiceQuestion, NumberQuestion } from '../../../src/spec/question.ts';

const kGroup = 'deploy';

const target: ChoiceQuestion = {
  kind: 'choice',
  key: 'target',
  group: kGroup,
  depth: 'basic',
  title: 'Target',
  help: 'what is to start the server, and to start it again',
  choices: [
    {
      value: 'docker',
      label: 'Docker: an image',
      tradeoff: 'the same everywhere, tested as it is built; a copy of Debian comes along',
      explanation:
        'A Dockerfile in two stages: the first builds the server and runs its tests, the second ' +
        'keeps what it takes to run. No root, nothing to write, a health check.',
    },
    {
      value: 'compose',
      label: 'Docker Compose: one machine',
      tradeoff: 'one file for this server and what stands beside it; no second machine',
      explanation: 'A compose.yaml beside the Dockerfile, which is written with it.',
    },
    {
      value: 'systemd',
      label: 'systemd: a unit',
      tradeoff: "the quickest: the machine's own kernel and network; its libraries must fit",
      explanation:
        'A service with a user of its own that exists while it runs, and which sees as little of ' +
        'the machine as systemd can arrange. `systemctl reload` opens the log files anew.',
    },
    {
      value: 'kubernetes',
      label: 'Kubernetes: a Deployment and a Service',
      tradeoff: 'several machines, replaced one by one; there has to be a cluster',
      explanation:
        'Two manifests, and the Dockerfile for their image. A pod is asked for /healthz, and has ' +
        'the time to finish its requests before it goes.',
    },
  ],
  default: 'docker',
};

const port: NumberQuestion = {
  kind: 'number',
  key: 'port',
  group: kGroup,
  depth: 'custom',
  title: 'Port',
  help: 'where clients find it: on the machine, or at the Service; the image itself listens on 8080',
  default: 8080,
  min: 1,
  max: 65_535,
  unit: 'TCP port',
  when: { target: ['compose', 'kubernetes', 'systemd'] },
};

export const deployKind: AdditionKind = {
  kind: 'deploy',
  title: 'what runs the server: an image, a unit, manifests',
  help:
    'Files that start the server elsewhere: without root, without more rights than it needs, and ' +
    'with time to finish its requests when it ends. They are regenerated with the project.',
  questions: [target, port],
  next: ({ target }, { name }) => nextFor(String(target), String(name)),
};

/** The tests run where an image is built. A unit says in its first lines what goes where. */
function nextFor(where: string, name: string): readonly (readonly string[])[] {
  const image = ['docker', 'build', '--tag', imageOf(name), '.'];
  switch (where) {
    case 'compose':
      return [['docker', 'compose', 'up', '--build']];
    case 'kubernetes':
      return [image, ['kubectl', 'apply', '--filename', 'deploy/kubernetes']];
    case 'systemd':
      return [['less', `deploy/${name}.service`]];
    default:
      return [image];
  }
}

/** The name as registries and clusters take it: no dash at its end, 63 letters at most. */
export function imageOf(name: string): string {
  return name.slice(0, 63).replace(/-+$/, '');
}
