/** Checks that every loop makes progress, if a service manager wants to know. */

import type { ServerOption } from '../../src/plan/contribution.ts';

export const watchdog: ServerOption = {
  name: 'watchdog',
  cpp: { header: 'daemon/supervisor.h', lines: ['options.watchdog = make_watchdog();'] },
  // In TypeScript it is in the addon's part that talks to the service manager.
  typescript: null,
};
