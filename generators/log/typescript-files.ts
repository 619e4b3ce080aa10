/** A TypeScript project's logs: its own module, and the parts of runtime and addon that it uses. */

import type { AddonPart, Part } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { kLogKeys, type LogChoice, logChoiceOf, type Target } from './choice.ts';

interface ServerPart {
  /** A module of the runtime, below `src/server/`. */
  readonly module: string;
  readonly function: string;
  /** Its address: a member of `Config`. */
  readonly member: string;
  readonly addon: AddonPart;
}

const kServers: Partial<Record<Target, ServerPart>> = {
  syslog: {
    module: 'log-syslog',
    function: 'openSyslog',
    member: 'logSyslog',
    addon: { header: 'log/syslog_calls.h', define: 'add_syslog' },
  },
  udp: {
    module: 'log-udp',
    function: 'openLogServer',
    member: 'logUdp',
    addon: { header: 'log/udp_calls.h', define: 'add_udp_log' },
  },
  journald: {
    module: 'log-journal',
    function: 'openJournal',
    member: 'logJournald',
    addon: { header: 'log/journal_calls.h', define: 'add_journal' },
  },
};

const kFormats: Readonly<Record<LogChoice['access'], readonly AddonPart[]>> = {
  off: [],
  common: [{ header: 'log/ncsa_lines.h', define: 'add_ncsa_lines' }],
  combined: [{ header: 'log/combined_lines.h', define: 'add_combined_lines' }],
  json: [{ header: 'log/json_lines.h', define: 'add_json_lines' }],
};

const kKeys: readonly string[] = ['language', ...kLogKeys].sort();

export function typescriptFiles(spec: Spec, levelChanges: Part<string>): readonly FileIntent[] {
  const choice = logChoiceOf(spec);
  const setsLevel = levelChanges.items.length > 0;
  const isUsual = choice.isPlain && !setsLevel;
  const because = [...new Set([...kKeys, ...levelChanges.because])].sort();
  const own: Source = isUsual
    ? { kind: 'copy', from: 'templates/typescript/src/log.ts' }
    : {
        kind: 'template',
        template: 'log/typescript/src/log.ts.hbs',
        view: viewOf(choice, setsLevel),
      };
  return [
    { ...fileOf('typescript/src/log.ts', 'src/log.ts', own), because },
    ...runtimeModules(choice).map((module) =>
      fileOf(`typescript/server/${module}.ts`, `src/server/${module}.ts`, {
        kind: 'copy',
        from: `native-core/binding/server/${module}.ts`,
      }),
    ),
  ];
}

/** What the addon provides for them. */
export function addonParts(choice: LogChoice): readonly AddonPart[] {
  const { access, isPlain } = choice;
  if (isPlain) return [];
  const servers = serverParts(choice);
  return [
    ...(servers.length > 0 ? [{ header: 'log/log_servers.h', define: 'add_log_servers' }] : []),
    ...servers.map(({ addon }) => addon),
    ...(hasWords(choice) ? [{ header: 'log/access_places.h', define: 'add_access_places' }] : []),
    ...kFormats[access],
  ];
}

/** Whether the access log may go somewhere other than a file. */
function hasWords({ servers, targets }: LogChoice): boolean {
  return servers.length > 0 || targets.includes('stderr');
}

function serverParts({ servers }: LogChoice): readonly ServerPart[] {
  return servers.flatMap((target) => kServers[target] ?? []);
}

function runtimeModules(choice: LogChoice): readonly string[] {
  const servers = serverParts(choice).map(({ module }) => module);
  return [
    ...(servers.length > 0 ? ['log-servers'] : []),
    ...servers,
    ...(choice.access === 'off' ? [] : ['access-sample']),
  ];
}

function viewOf(choice: LogChoice, setsLevel: boolean): object {
  const { access, local, name, targets } = choice;
  const opens = serverParts(choice);
  const sampled = access !== 'off';
  const imports = [
    ...(sampled ? [{ names: '{ sampleAccessLog }', from: './server/access-sample.ts' }] : []),
    ...(local
      ? [
          { names: '{ LogFile }', from: './server/log-file.ts' },
          { names: '{ processEnd }', from: './server/native-end.ts' },
        ]
      : []),
    ...(opens.length > 0 ? [{ names: '{ logServers }', from: './server/log-servers.ts' }] : []),
    ...opens.map((server) => ({
      names: `{ ${server.function} }`,
      from: `./server/${server.module}.ts`,
    })),
    { names: 'type { ServerLog }', from: './server/server-log.ts' },
  ];
  return {
    name,
    imports: imports.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    opens,
    servers: opens.length > 0,
    local,
    sampled,
    setsLevel,
    file: targets.includes('file'),
    both: targets.includes('file') && targets.includes('stderr'),
  };
}

function fileOf(id: string, path: string, source: Source): FileIntent {
  return { id, path, source, mode: 0o644, owner: 'merged', because: kKeys };
}
