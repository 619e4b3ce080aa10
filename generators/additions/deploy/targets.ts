/** What can start a server, and restart it. */

import type { ChoiceQuestion } from '../../../src/spec/question.ts';

export const kTargets: ChoiceQuestion['choices'] = [
  {
    value: 'docker',
    label: 'Docker: an image',
    tradeoff: 'the same everywhere, tested as it is built; includes a copy of Debian',
    explanation:
      'A two-stage Dockerfile: the first stage builds the server and runs its tests, the second ' +
      'keeps only what it needs to run. No root, nothing the server can write to, a health check.',
  },
  {
    value: 'compose',
    label: 'Docker Compose: one machine',
    tradeoff: 'one file for this server and the services beside it; limited to one machine',
    explanation: 'A compose.yaml, together with the Dockerfile it uses.',
  },
  {
    value: 'systemd',
    label: 'systemd: a unit',
    tradeoff: "the quickest: the machine's own kernel and network; its libraries must match",
    explanation:
      'A service that sees as little of the machine as systemd can arrange, with a user that ' +
      'exists only while it runs. `systemctl reload` checks the settings first. If the ' +
      'server takes its sockets from systemd, a socket unit is included; if it logs to files or ' +
      'to syslog, so is the configuration that rotates or sorts its logs.',
  },
  {
    value: 'classic',
    label: 'init: a script, for machines without systemd',
    tradeoff:
      'works with any init; nothing supervises the server or drops its privileges before it runs',
    explanation:
      'An init script that starts, stops and reloads the server by its PID file, with snippets ' +
      'that create its user (sysusers.d) and its folders (tmpfiles.d). Combine it with ' +
      '--daemon-style classic: then "start" waits until the server serves. If the server logs to ' +
      'files or to syslog, the configuration that rotates or sorts its logs is included.',
  },
  {
    value: 'kubernetes',
    label: 'Kubernetes: a Deployment and what it needs',
    tradeoff: 'several machines, replaced one at a time; needs a cluster',
    explanation:
      'Manifests, and the Dockerfile for their image. A pod has health probes, gets time to ' +
      'finish its requests before it stops, and is scaled by its load; a network policy lists ' +
      'what it may reach, and who may reach it.',
  },
  {
    value: 'debian',
    label: 'Debian: a package',
    tradeoff:
      'installed, upgraded and removed like any other package; each Debian release needs its own',
    explanation:
      'Builds a .deb: the program, its unit, a user, and settings in /etc that upgrades leave ' +
      'alone. In C++ it uses cpack, in TypeScript a script that calls dpkg-deb. An upgrade ' +
      'restarts the server; if systemd holds its sockets, no client notices.',
  },
  {
    value: 'github-actions',
    label: 'GitHub Actions: a workflow',
    tradeoff: 'every push is built and tested; runs only on GitHub, and deploys nothing',
    explanation:
      'A workflow that installs the build tools, builds the project with warnings as errors, ' +
      'runs the tests, and caches what it compiled for the next run.',
  },
];
