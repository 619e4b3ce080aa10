/** Proxies that tell whose connections they forward: the setting, and what reads it. */

import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Setting } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { namespaceOf } from '../../cpp/namespace.ts';
import { proxyProtocol } from './question.ts';

const kSources = { cpp: ['src/proxies.cc', 'src/proxies.h'], typescript: ['src/proxies.ts'] };

export const proxies: Generator = {
  id: 'proxy-protocol',
  questions: [proxyProtocol],
  rules: [],
  contributions: (spec) => {
    const isOn = hasProxies(spec);
    const of = <Item>(...items: readonly Item[]) => ({
      items: isOn ? items : [],
      because: [proxyProtocol.key],
    });
    const inCpp = <Item>(...items: readonly Item[]) => ({
      items: isOn && isCpp(spec) ? items : [],
      because: [proxyProtocol.key, 'language'],
    });
    return {
      settings: of(proxyFrom),
      sources: inCpp({ path: 'src/proxies.cc', part: 'program' as const }),
      core: inCpp(
        'connection/peer/peer_source.h',
        'connection/peer/proxy_source.h',
        'socket/address_range.h',
      ),
      serverOptions: of({
        name: 'proxies',
        cpp: {
          header: 'proxies.h',
          lines: ['options.limits.peer_source = proxies_in(config.proxy_from);'],
        },
        typescript: { header: 'limits/proxy_option.h', define: 'add_proxies' },
      }),
    };
  },
  files: (spec) => {
    if (!hasProxies(spec)) return [];
    return kSources[isCpp(spec) ? 'cpp' : 'typescript'].map((path) => fileOf(path, spec));
  },
};

const proxyFrom: Setting = {
  key: 'proxy-from',
  group: 'Connections',
  takes: { kind: 'text', shape: 'RANGES', empty: 'no proxies', default: '' },
  check: {
    cpp: { header: 'proxies.h', function: 'fault_of_proxies' },
    typescript: { module: 'proxies', function: 'faultOfProxies' },
  },
  help: 'Proxies that send a PROXY header: 10.0.0.0/8,unix:',
  story: [
    'Proxies that begin each connection with a PROXY protocol header (version 1 or 2) naming the',
    'client: addresses, ranges ("10.0.0.0/8", "2001:db8::/32") or "unix:" for UNIX sockets, separated',
    'by commas. Nobody else may send one. Empty: no proxies.',
  ],
};

function hasProxies(spec: Spec): boolean {
  return answerOf(spec, proxyProtocol.key) === true;
}

function isCpp(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'cpp';
}

function fileOf(path: string, spec: Spec): FileIntent {
  const view = { namespace: namespaceOf(String(answerOf(spec, 'name'))) };
  const template = `operations/proxy-protocol/${path}`;
  const isCopy = path.endsWith('.ts');
  return {
    id: `proxy-protocol/${path}`,
    path,
    source: isCopy
      ? { kind: 'copy', from: `templates/${template}` }
      : { kind: 'template', template: `${template}.hbs`, view },
    mode: 0o644,
    owner: 'merged',
    because: isCopy ? ['language', proxyProtocol.key] : ['language', 'name', proxyProtocol.key],
  };
}
