/** What can start a server, and start it again. */

import type { ChoiceQuestion } from '../../../src/spec/question.ts';

export const kTargets: ChoiceQuestion['choices'] = [
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
      'the machine as systemd can arrange. `systemctl reload` checks the settings first. Where the ' +
      'server takes sockets from systemd, a socket unit comes with it; where it logs to files or to ' +
      'syslog, what rotates and sorts them.',
  },
  {
    value: 'classic',
    label: 'init: a script, for machines without systemd',
    tradeoff:
      'works under any init; nothing watches the server, or takes its rights before it runs',
    explanation:
      'An init script that starts, ends and reloads the server by its PID file, with the snippets ' +
      'that make its user (sysusers.d) and its folders (tmpfiles.d). Choose it with ' +
      '--daemon-style classic: the start then waits until the server serves. Where it logs to files ' +
      'or to syslog, what rotates and sorts them comes with it.',
  },
  {
    value: 'kubernetes',
    label: 'Kubernetes: a Deployment and what belongs to it',
    tradeoff: 'several machines, replaced one by one; there has to be a cluster',
    explanation:
      'Manifests, and the Dockerfile for their image. A pod is asked whether it is well, has the ' +
      'time to finish its requests before it goes, and is scaled by its load; what it may reach, and ' +
      'who may reach it, is a list.',
  },
  {
    value: 'debian',
    label: 'Debian: a package',
    tradeoff:
      'installed, upgraded and removed like anything else there; one for each release of Debian',
    explanation:
      'What builds a .deb: the program, its unit, a user, settings in /etc that an upgrade leaves ' +
      'alone. In C++ by cpack, in TypeScript by a script that calls dpkg-deb. An upgrade starts the ' +
      'server anew; where systemd holds its sockets, no client notices.',
  },
  {
    value: 'github-actions',
    label: 'GitHub Actions: a workflow',
    tradeoff: 'each push is built and tested; it runs at GitHub only, and starts nothing anywhere',
    explanation:
      'A workflow that installs what the project is built with, builds it, has a warning end the ' +
      'build, runs the tests, and keeps what it compiled for the next time.',
  },
];
