/** Where an administrator asks the server how it is. */

import type { ChoiceQuestion } from '../../../src/spec/question.ts';

export const adminListen: ChoiceQuestion = {
  kind: 'choice',
  key: 'admin.listen',
  group: 'Operations',
  depth: 'custom',
  title: 'Admin listener',
  help: 'Answers health checks, metrics for Prometheus and a status page, beside the server itself.',
  explanation:
    'It has a loop and 64 places of its own, so that a server that is full, or whose handlers do not ' +
    'return, keeps nobody from it, and it is never shed: on a thread of its own, or, where the server ' +
    'forks its workers, in the turns of the parent, which serves nobody else. It sums up what all ' +
    'threads and processes count. /healthz says that the process lives, /readyz turns 503 when a ' +
    'signal has told the server to end (the drain begins --drain-delay-ms later), /metrics is the text ' +
    "of Prometheus with OpenTelemetry's names, /status a page for people and /status.json the same " +
    'for programs. It is read-only, but for PUT /log-level. To count costs a few hundred instructions per request.',
  default: 'off',
  choices: [
    {
      value: 'off',
      label: 'none',
      tradeoff: 'Nothing is counted, and nobody can ask.',
      explanation: 'No listener, no counters, no code for them.',
    },
    {
      value: 'unix',
      label: 'a UNIX socket',
      tradeoff: 'Only the account that runs the server may ask; scrapers need a way to it.',
      explanation:
        'A path of mode 0600: the file system says who may ask. `curl --unix-socket PATH ' +
        'http://localhost/metrics` reads it.',
    },
    {
      value: 'loopback',
      label: 'a port on loopback',
      tradeoff: 'Scrapers and probes of this machine ask by HTTP; so may every account on it.',
      explanation:
        'A TCP port at 127.0.0.1. Have it listen elsewhere by --admin only in a network that you ' +
        'trust: there is no password.',
    },
  ],
};
