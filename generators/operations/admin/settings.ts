/** The settings of the admin listener. */

import { numberShape, type Setting } from '../../../src/plan/setting.ts';

const kPort = 9090;
const kHourMs = 3_600_000;

/** `listen` is the answer to the question. */
export function adminSettings(listen: string, name: string): readonly Setting[] {
  const address = listen === 'unix' ? `unix:${name}-admin.sock` : `127.0.0.1:${kPort}`;
  return [
    {
      key: 'admin',
      group: 'Addresses',
      takes: { kind: 'address', default: address, word: 'off' },
      help: 'Where to serve health, metrics and status; or off',
      story: [
        'Where to serve /healthz, /readyz, /metrics, /status and /status.json, or "off". A UNIX socket gets',
        'mode 0600. There is no password: keep it on this machine or on a network that you trust.',
      ],
    },
    {
      key: 'drain-delay-ms',
      group: 'Deadlines',
      takes: numberShape('ms', 0, kHourMs, 0),
      help: 'Time between the stop signal and the drain',
      story: [
        'How long the server carries on after a stop signal, in milliseconds, while /readyz already answers',
        '503. Allow your load balancer enough time to notice.',
      ],
    },
  ];
}
