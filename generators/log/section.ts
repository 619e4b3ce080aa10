/** What a project's README says about its logs. */

import type { Section } from '../../src/plan/contribution.ts';
import type { LogChoice, Target } from './choice.ts';

const kPlaces: Readonly<Record<Target, string>> = {
  stderr: 'Standard error gets every line.',
  file: 'The file named by `log` gets every line. SIGHUP and SIGUSR1 reopen it after a rotation, in worker processes too.',
  syslog:
    'The log daemon at `log-syslog` gets every line, with the facility `log-facility`. On Debian: `tail -f /var/log/syslog`.',
  udp: 'The log server `log-udp` gets every line over UDP (RFC 5424). Its name is resolved at startup; `-t` reports an unknown name.',
  journald: 'journald gets every line with its level: `journalctl -t NAME -p warning`.',
};

const kLines: Readonly<Record<LogChoice['access'], string>> = {
  off: 'Requests are logged only if `access-log` says where.',
  common: "Each request is logged to `access-log`, in Apache's common format.",
  combined: "Each request is logged to `access-log`, in Apache's combined format.",
  json: 'Each request is logged to `access-log`, as a JSON object: try `jq .status`.',
};

export function logSection({ access, name, targets }: LogChoice): Section {
  const places = targets.map((target) => `- ${kPlaces[target].replace('NAME', name)}`);
  return {
    title: 'Logs',
    lines: [
      ...places,
      `- ${kLines[access]}`,
      '',
      "The server never waits for a log. A line that can't be written at once is dropped and counted, and",
      'the count is logged as soon as a line gets through.',
    ],
  };
}
