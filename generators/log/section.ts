/** What the README of a project tells of its logs. */

import type { Section } from '../../src/plan/contribution.ts';
import type { LogChoice, Target } from './choice.ts';

const kPlaces: Readonly<Record<Target, string>> = {
  stderr: 'Standard error gets every line.',
  file: 'The file that `log` names gets every line. SIGHUP and SIGUSR1 open it anew once it was moved away, as logrotate does; so do worker processes.',
  syslog:
    'The log daemon behind `log-syslog` gets every line, under `log-facility`: `tail -f /var/log/syslog` on Debian.',
  udp: 'The log server `log-udp` gets every line over UDP, as RFC 5424 has it. Its name is resolved at the start; one that is unknown is refused by `-t`.',
  journald: 'journald gets every line with its level: `journalctl -t NAME -p warning`.',
};

const kLines: Readonly<Record<LogChoice['access'], string>> = {
  off: 'No request is noted unless `access-log` says where.',
  common: "Each request gets a line in Apache's common format, where `access-log` says.",
  combined: "Each request gets a line in Apache's combined format, where `access-log` says.",
  json: 'Each request gets a line where `access-log` says, an object of JSON: `jq .status`.',
};

export function logSection({ access, name, targets }: LogChoice): Section {
  const places = targets.map((target) => `- ${kPlaces[target].replace('NAME', name)}`);
  return {
    title: 'Logs',
    lines: [
      ...places,
      `- ${kLines[access]}`,
      '',
      'Nothing waits for a log. A line that cannot be taken at once is lost and counted, and the count is',
      'told as soon as a line gets through.',
    ],
  };
}
