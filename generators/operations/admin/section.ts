/** What the README says about the admin listener. */

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
      `The admin listener (\`--admin\`) serves its own paths: \`${curl}\`.`,
      '',
      '| path | answer |',
      '|---|---|',
      '| `/healthz` | `200` while the process is alive, whatever its handlers do |',
      '| `/readyz` | `200`; `503` after a stop signal. The drain begins `--drain-delay-ms` later |',
      '| `/metrics` | counters of all threads and processes, in the Prometheus format |',
      '| `/status`, `/status.json` | the same, as a page for people and as JSON |',
      '',
      '`PUT /log-level` changes the log level of all threads and processes until the next reload, for',
      'example `curl -X PUT -d debug …/log-level`. Nothing else can be changed: methods other than GET and',
      'HEAD get a `405`.',
    ],
  };
}
