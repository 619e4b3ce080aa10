/** What the README tells of the admin listener. */

import type { Section } from '../../../src/plan/contribution.ts';

/** `listen` is the answer to the question. */
export function adminSection(listen: string, name: string): Section {
  const curl =
    listen === 'unix'
      ? `curl --unix-socket ${name}-admin.sock http://localhost/metrics`
      : 'curl http://127.0.0.1:9090/metrics';
  return {
    title: 'Health, metrics, status',
    lines: [
      `The admin listener (\`--admin\`) has places of its own: \`${curl}\`.`,
      '',
      '| path | what it says |',
      '|---|---|',
      '| `/healthz` | `200` while the process lives, whatever its handlers do |',
      '| `/readyz` | `200`; `503` once a signal has told the server to end. The drain begins `--drain-delay-ms` later |',
      '| `/metrics` | counters of all threads and processes, as Prometheus reads them |',
      '| `/status` | the same for people, on one page; `/status.json` for programs |',
      '',
      '`PUT /log-level` with a word as its body (`curl -X PUT -d debug …/log-level`) changes what the log',
      'holds, in all threads and processes, until the settings are read anew. Nothing else can be changed:',
      'any other method than GET and HEAD is answered `405`.',
    ],
  };
}
