/** Where an administrator asks for the server's status. */

import type { ChoiceQuestion } from '../../../src/spec/question.ts';

export const adminListen: ChoiceQuestion = {
  kind: 'choice',
  key: 'admin.listen',
  group: 'Operations',
  depth: 'custom',
  title: 'Admin listener',
  help:
    'Answers health checks, metrics for Prometheus and a status page, separate from the server ' +
    'itself.',
  explanation:
    'It has its own loop and 64 connections, so neither a full server nor stuck handlers block ' +
    'it, and its requests are never shed. It runs on a thread of its own or, if the server forks ' +
    'its workers, in the parent, which serves no one else. It adds up the counters of all ' +
    'threads and processes. /healthz reports that the process is alive, /readyz answers 503 once ' +
    'a signal has told the server to stop (the drain begins --drain-delay-ms later), /metrics is ' +
    'Prometheus text with OpenTelemetry names, /status is a page for people and /status.json the ' +
    'same for programs. The listener is read-only, except for PUT /log-level. Counting costs a ' +
    'few hundred instructions per request.',
  default: 'off',
  // Whatever runs these servers asks for their status.
  usual: [{ when: { 'daemon.style': ['container', 'systemd'] }, value: 'unix' }],
  choices: [
    {
      value: 'off',
      label: 'none',
      tradeoff: 'Nothing is counted, and there is nothing to query.',
      explanation: 'No listener, no counters, no code for them.',
    },
    {
      value: 'unix',
      label: 'a UNIX socket',
      tradeoff:
        'Only the account that runs the server may query it; scrapers need access to the file.',
      explanation:
        'A path of mode 0600: the file system decides who may query it. `curl --unix-socket PATH ' +
        'http://localhost/metrics` reads it.',
    },
    {
      value: 'loopback',
      label: 'a port on loopback',
      tradeoff: 'Scrapers and probes on this machine query it by HTTP; so can every account on it.',
      explanation:
        'A TCP port at 127.0.0.1. Use --admin to listen elsewhere only in a network you trust: ' +
        'there is no password.',
    },
  ],
};
