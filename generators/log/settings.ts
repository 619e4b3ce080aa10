/** A server's log settings. */

import { numberShape, type Setting } from '../../src/plan/setting.ts';
import type { LogChoice, Target } from './choice.ts';

const kMostSampled = 1_000_000;

/** `hasThread`: whether a thread writes the access log. */
export function logSettings(choice: LogChoice, hasThread: boolean): readonly Setting[] {
  const { access, local, servers } = choice;
  return [
    ...(local ? [serverLog(choice)] : []),
    level,
    ...(servers.length > 0 ? [facility] : []),
    ...servers.flatMap((target) => kPlaces[target] ?? []),
    accessLog(choice, hasThread),
    ...(access === 'off' ? [] : [sample]),
  ];
}

function serverLog({ name, targets }: LogChoice): Setting {
  const hasFile = targets.includes('file');
  return {
    key: 'log',
    group: 'Logs',
    takes: {
      kind: 'path',
      of: 'log',
      word: 'stderr',
      default: hasFile ? `${name}.log` : 'stderr',
    },
    help: 'The server log: a file, or stderr',
    story: hasFile ? storyOfFile(targets.includes('stderr')) : kStoryOfStderr,
  };
}

const kStoryOfStderr = [
  'The server log: a file, or "stderr", which suits systemd and containers. SIGHUP reopens the file',
  'after a rotation.',
];

function storyOfFile(besideStderr: boolean): readonly string[] {
  return [
    'The server log: a file, or "stderr". SIGHUP and SIGUSR1 reopen the file after a rotation.',
    ...(besideStderr ? ['Standard error gets every line too.'] : []),
  ];
}

const level: Setting = {
  key: 'log-level',
  reloads: true,
  group: 'Logs',
  takes: {
    kind: 'choice',
    values: ['trace', 'debug', 'info', 'warn', 'error', 'off'],
    default: 'info',
  },
  help: 'Least severe level to log',
  story: ['The least severe level to log: "trace", "debug", "info", "warn", "error" or "off".'],
};

const facility: Setting = {
  key: 'log-facility',
  group: 'Logs',
  takes: { kind: 'text', shape: 'FACILITY', empty: null, default: 'daemon' },
  help: 'Syslog facility to log under',
  story: ['The syslog facility to log under: "daemon", "user", "local0" to "local7"…'],
  check: {
    cpp: { header: 'log_servers.h', function: 'fault_of_facility' },
    typescript: { module: 'server/log-servers', function: 'faultOfFacility' },
  },
};

const kPlaces: Partial<Record<Target, readonly Setting[]>> = {
  syslog: [
    {
      key: 'log-syslog',
      group: 'Logs',
      takes: { kind: 'address', word: null, default: 'unix:/dev/log' },
      help: 'The socket of the log daemon',
      story: ['The socket of the log daemon, which may start or restart at any time.'],
    },
  ],
  udp: [
    {
      key: 'log-udp',
      group: 'Logs',
      takes: { kind: 'text', shape: 'HOST:PORT', empty: null, default: '127.0.0.1:514' },
      help: 'Log server to send lines to over UDP',
      story: [
        'The log server to send lines to over UDP: a name or an address, and a port. The name is resolved',
        'at startup.',
      ],
      check: {
        cpp: { header: 'log_servers.h', function: 'fault_of_log_server' },
        typescript: { module: 'server/log-udp', function: 'faultOfLogServer' },
      },
    },
  ],
  journald: [
    {
      key: 'log-journald',
      group: 'Logs',
      takes: { kind: 'address', word: null, default: 'unix:/run/systemd/journal/socket' },
      help: 'The socket of journald',
      story: ['The socket of journald.'],
    },
  ],
};

function accessLog(choice: LogChoice, hasThread: boolean): Setting {
  const { isPlain, servers, targets } = choice;
  const further = [...(targets.includes('stderr') && !isPlain ? ['stderr'] : []), ...servers];
  const words = ['off', ...further].map((word) => `"${word}"`);
  const places = `a file, ${words.slice(0, -1).join(', ')}${words.length > 1 ? ' or ' : 'or '}${words.at(-1)}.`;
  return {
    key: 'access-log',
    group: 'Logs',
    takes: {
      kind: 'path',
      of: 'log',
      word: 'off',
      ...(further.length === 0 ? {} : { further }),
      default: usualPlace(choice),
    },
    help: 'Where to log requests: a file, or off',
    story: [
      ...(isPlain ? kPlainStory : [`Where to log requests (${kHeld[choice.access]}): ${places}`]),
      ...(hasThread ? kThreadOfItsOwn : []),
    ],
  };
}

const kHeld: Readonly<Record<LogChoice['access'], string>> = {
  off: 'peer, method, target, status, bytes, microseconds',
  common: "Apache's common format",
  combined: "Apache's combined format",
  json: 'JSON objects',
};

const kPlainStory = [
  'Where to log requests (peer, method, target, status, bytes, microseconds): a file, or "off".',
];

/** The default place of a requested line per request: preferably a file, because lines are many. */
function usualPlace({ name, access, targets }: LogChoice): string {
  if (access === 'off') return 'off';
  return targets.includes('file') ? `${name}-access.log` : (targets[0] ?? 'off');
}

const kThreadOfItsOwn = [
  "A separate thread writes the lines. If the disk can't keep up, lines are dropped and counted.",
];

const sample: Setting = {
  key: 'access-log-sample',
  group: 'Logs',
  takes: numberShape('count', 1, kMostSampled, 1),
  help: 'Log one in every N requests',
  story: ['To log one in every N requests, set this to N. 1 logs every request.'],
};
