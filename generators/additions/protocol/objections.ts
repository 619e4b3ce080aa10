/** Protocols that could not listen beside each other, or beside other listeners. */

import type { Issue } from '../../../src/error.ts';
import type { Port } from '../../../src/plan/contribution.ts';
import type { Protocol } from './protocols.ts';

export function protocolObjections(
  protocols: readonly Protocol[],
  ports: readonly Port[],
): readonly Issue[] {
  const names = protocols.map(({ name }) => name);
  return protocols.flatMap(({ name, port }, index) => {
    const later = names.slice(index);
    const holder = ports.find((one) => one.number === port && !later.includes(one.name))?.name;
    if (holder === undefined) return [];
    return [
      {
        at: `protocol ${name}`,
        message: `${name} and ${holder} would both listen on port ${port}`,
        fix: 'Choose another --port.',
      },
    ];
  });
}
