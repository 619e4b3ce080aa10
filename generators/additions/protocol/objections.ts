/** Protocols that could not listen beside each other. */

import type { Issue } from '../../../src/error.ts';
import { kHttpPort } from '../../http/settings.ts';
import type { Protocol } from './protocols.ts';

export function protocolObjections(protocols: readonly Protocol[]): readonly Issue[] {
  return protocols.flatMap((protocol, index) => {
    const { name, port } = protocol;
    const other = protocols.slice(0, index).find((before) => before.port === port);
    const holder = port === kHttpPort ? 'HTTP' : other?.name;
    if (holder === undefined) return [];
    return [
      {
        at: `protocol ${name}`,
        message: `${name} and ${holder} would listen on the same port, ${port}`,
        fix: 'Give another --port.',
      },
    ];
  });
}
