/** A C++ project's logs: what `main.cc` opens, and where lines go from there. */

import type { CompiledSource, Part } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { namespaceOf } from '../cpp/namespace.ts';
import { kLogKeys, type LogChoice, logChoiceOf, type Target } from './choice.ts';

const kFormats = {
  off: { append: 'append_plain', header: 'plain_format.h', story: 'a short line' },
  common: { append: 'append_ncsa', header: 'apache_format.h', story: "Apache's common format" },
  combined: {
    append: 'append_combined',
    header: 'apache_format.h',
    story: "Apache's combined format",
  },
  json: { append: 'append_json', header: 'json_format.h', story: 'a JSON object' },
} as const;

const kProtocols: Partial<Record<Target, string>> = {
  syslog: 'local_syslog.h',
  udp: 'remote_syslog.h',
  journald: 'journal.h',
};

const kKeys: readonly string[] = ['language', ...kLogKeys, 'workers.kind'].sort();

export function cppFiles(spec: Spec, levelChanges: Part<string>): readonly FileIntent[] {
  const choice = logChoiceOf(spec);
  const view = { ...viewOf(spec, choice), setsLevel: levelChanges.items.length > 0 };
  const because = [...new Set([...kKeys, ...levelChanges.because])].sort();
  const paths = ['log.cc', 'log.h', 'log_file.cc', 'log_file.h', ...furtherFiles(choice)];
  return paths.map((name) => {
    const isOwn = !choice.isPlain && !name.startsWith('log_file');
    return {
      id: `cpp/src/${name}`,
      path: `src/${name}`,
      source: {
        kind: 'template',
        template: `${isOwn ? 'log/cpp' : 'cpp'}/src/${name}.hbs`,
        view,
      },
      mode: 0o644,
      owner: 'merged',
      because,
    };
  });
}

/** Their sources compiled by CMake. */
export function cppSources(choice: LogChoice): readonly CompiledSource[] {
  const units = ['log.cc', 'log_file.cc', ...furtherFiles(choice)];
  return units
    .filter((name) => name.endsWith('.cc'))
    .map((name) => ({ path: `src/${name}`, part: 'program' }));
}

/** The core headers they include, below `hpserver/`. */
export function cppCore(choice: LogChoice): readonly string[] {
  const losses = 'log/lost_lines.h';
  if (choice.isPlain) return [losses];
  const { servers, access } = choice;
  const lines = ['access_lines.h', kFormats[access].header];
  return [
    ...lines.map((header) => `protocol/http/access/${header}`),
    'log/line_output.h',
    losses,
    ...(servers.length > 0 ? ['log/record_output.h', 'log/log_sink.h', 'socket/address.h'] : []),
    ...protocolsOf(choice).map((header) => `log/${header}`),
    ...(servers.includes('udp') ? ['link/host_port.h'] : []),
  ];
}

function furtherFiles({ isPlain, servers }: LogChoice): readonly string[] {
  if (isPlain) return [];
  const names = ['log_place', 'requests', ...(servers.length > 0 ? ['log_servers'] : [])];
  return names.flatMap((name) => [`${name}.cc`, `${name}.h`]);
}

function protocolsOf({ servers }: LogChoice): readonly string[] {
  if (servers.length === 0) return [];
  const protocols = servers.flatMap((target) => kProtocols[target] ?? []);
  return ['datagram_sink.h', 'severity.h', ...protocols].sort();
}

function viewOf(spec: Spec, choice: LogChoice): object {
  const { access, local, name, servers, targets } = choice;
  const forks = answerOf(spec, 'workers.kind') === 'process';
  return {
    name,
    namespace: namespaceOf(name),
    forks,
    batches: !choice.isPlain,
    ...(choice.isPlain
      ? {}
      : {
          ...kFormats[access],
          local,
          file: targets.includes('file'),
          both: targets.includes('stderr') && targets.includes('file'),
          servers: servers.length > 0,
          syslog: servers.includes('syslog'),
          udp: servers.includes('udp'),
          journald: servers.includes('journald'),
          sockets: servers.some((target) => target !== 'udp'),
          sampled: access !== 'off',
          headers: protocolsOf(choice),
        }),
  };
}
