/** Sockets opened by a service manager. */

import type { ServerOption } from '../../src/plan/contribution.ts';

export const activation: ServerOption = {
  name: 'inherited sockets',
  cpp: {
    header: 'hpserver/daemon/inherited_sockets.h',
    lines: [
      'const auto inherited = hpserver::take_inherited_listeners();',
      'if (!inherited) return inherited.error();',
    ],
  },
  typescript: { header: 'daemon/activation.h', define: 'add_activation' },
};
