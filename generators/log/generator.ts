/** The server's own log, and its access log: where their lines go. */

import type { Generator } from '../../src/plan/generator.ts';
import type { Setting } from '../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';

export const log: Generator = {
  id: 'log',
  questions: [],
  rules: [],
  contributions: (spec) => ({
    settings: {
      items: [serverLog, level, accessLog(spec)],
      because: ['language', 'workers.kind'],
    },
  }),
  files: () => [],
};

const serverLog: Setting = {
  key: 'log',
  group: 'Logs',
  takes: { kind: 'path', of: 'log', word: 'stderr', default: 'stderr' },
  help: "The server's own log: a file, or stderr",
  story: [
    'The server\'s own log: a file, or "stderr", which suits systemd and containers. SIGHUP opens the',
    'file anew after it was moved away.',
  ],
};

const level: Setting = {
  key: 'log-level',
  group: 'Logs',
  takes: {
    kind: 'choice',
    values: ['trace', 'debug', 'info', 'warn', 'error', 'off'],
    default: 'info',
  },
  help: 'What the log holds',
  story: ['What the log holds: "trace", "debug", "info", "warn", "error" or "off".'],
};

function accessLog(spec: Spec): Setting {
  return {
    key: 'access-log',
    group: 'Logs',
    takes: { kind: 'path', of: 'log', word: 'off', default: 'off' },
    help: 'A line per request: a file, or off',
    story: [
      'A line per request (peer, method, target, status, bytes, microseconds): a file, or "off".',
      ...(hasThread(spec) ? kThreadOfItsOwn : []),
    ],
  };
}

const kThreadOfItsOwn = [
  "Lines are written by a thread of their own; when the disk can't keep up, lines are dropped and",
  'counted.',
];

/** Only C++ forks, and what is to fork has no thread before it does. */
function hasThread(spec: Spec): boolean {
  return answerOf(spec, 'language') !== 'cpp' || answerOf(spec, 'workers.kind') === 'thread';
}
