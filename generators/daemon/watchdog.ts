/** What looks whether every loop moves, where a service manager wants to know. */

import type { ServerOption } from '../../src/plan/contribution.ts';

export const watchdog: ServerOption = {
  name: 'watchdog',
  cpp: { header: 'daemon/supervisor.h', lines: ['options.watchdog = make_watchdog();'] },
  // The addon's part that talks to the manager brings it.
  typescript: null,
};
