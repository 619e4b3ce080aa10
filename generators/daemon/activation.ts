/** Sockets that a service manager has opened, in C++. */

import type { ServerOption } from '../../src/plan/contribution.ts';

export const activation: ServerOption = {
  name: 'inherited sockets',
  cpp: {
    header: 'hpserver/daemon/inherited_sockets.h',
    lines: [
      'auto inherited = hpserver::take_inherited_listeners();',
      'if (!inherited) return inherited.error();',
      'options.listen_options.inherited = std::move(*inherited);',
    ],
  },
  typescript: null,
};
