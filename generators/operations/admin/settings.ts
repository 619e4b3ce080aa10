/** What the admin listener is told. */

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
      help: 'Where to ask for health, metrics and status; or off',
      story: [
        'Where /healthz, /readyz, /metrics, /status and /status.json are answered. A UNIX socket is of',
        'mode 0600. There is no password: leave it to this machine, or to a network that you trust. off: nobody.',
      ],
    },
    {
      key: 'drain-delay-ms',
      group: 'Deadlines',
      takes: numberShape('ms', 0, kHourMs, 0),
      help: 'Between the signal to end and the drain',
      story: [
        'How long the server goes on as before when a signal has told it to end, in milliseconds, while',
        '/readyz says 503 already: so long a load balancer may take to hear of it.',
      ],
    },
  ];
}
