/** What a reload contributes besides its steps: limits that change, and `--reload`. */

import type { Order, ServerOption } from '../../src/plan/contribution.ts';

export const changingDeadlines: ServerOption = {
  name: 'deadlines that can change',
  cpp: {
    header: 'daemon/reload.h',
    lines: ['options.limits.changes = changing_deadlines();'],
  },
  typescript: null,
};

export const changingLimits: ServerOption = {
  name: 'limits that can change',
  cpp: { header: 'daemon/reload.h', lines: ['options.changes = changing_limits();'] },
  typescript: null,
};

export const reloadOrder: Order = {
  flag: 'reload',
  shape: 'PID',
  help: 'Make a running server reread its settings, and report the outcome',
  cpp: { header: 'daemon/reload.h', function: 'request_reload' },
  typescript: { module: 'daemon/reload-request', function: 'requestReload' },
};
