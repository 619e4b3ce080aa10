/** How much one client may use of a server. */

import type { Part, ServerOption } from '../../../src/plan/contribution.ts';
import type { Generator } from '../../../src/plan/generator.ts';
import { numberShape, type Setting } from '../../../src/plan/setting.ts';
import { answerOf } from '../../../src/spec/spec.ts';
import { perIp } from './question.ts';
import { shedding, sheddingOf } from './shedding.ts';

export const limits: Generator = {
  id: 'limits',
  questions: [perIp, shedding],
  rules: [],
  contributions: (spec) => {
    const isLimited = answerOf(spec, perIp.key) === true;
    const of = <Item>(...items: readonly Item[]) => ({
      items: isLimited ? items : [],
      because: [perIp.key],
    });
    const late = sheddingOf(spec);
    return {
      settings: of(perAddress),
      serverOptions: joined(of(addressLimit), late.serverOptions),
      httpOptions: late.httpOptions,
    };
  },
  files: () => [],
};

const addressLimit: ServerOption = {
  name: 'limit per address',
  cpp: {
    header: 'hpserver/connection/peer/address_limit.h',
    lines: [
      'options.limits.peer_limit =',
      '    std::make_shared<hpserver::AddressLimit>(config.max_connections_per_address);',
    ],
  },
  typescript: { header: 'limits/address_limit_option.h', define: 'add_address_limit' },
};

function joined<Item>(one: Part<Item>, other: Part<Item>): Part<Item> {
  return {
    items: [...one.items, ...other.items],
    because: [...one.because, ...other.because],
  };
}

const perAddress: Setting = {
  key: 'max-connections-per-address',
  group: 'Connections',
  takes: numberShape('count', 0, 1_000_000, 128),
  help: 'Maximum connections per address; any more get a 503; 0: no limit',
  story: [
    'The most connections at once from one IPv4 address, or one IPv6 /64; any more get a 503. A browser',
    'opens 6, and an office or a mobile network may share one address. 0: no limit.',
  ],
};
