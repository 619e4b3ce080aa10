/** What a machine needs to know about the server to run it, and what its logs need there. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { FileIntent } from '../../../src/plan/generator.ts';
import { drainOf } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import { flagsOf, type Placed, placedOnHost } from './places.ts';

/** One file of a target, without the properties that all such files share. */
export interface DeployFile {
  readonly path: string;
  /** Below `templates/additions/deploy/`, without `.hbs`. */
  readonly template: string;
  readonly view: object;
  /** Tells files from the same template apart. */
  readonly id?: string;
  readonly mode?: FileIntent['mode'];
}

export interface HostView {
  readonly name: string;
  readonly cpp: boolean;
  readonly port: number;
  /** The program to start, without flags. */
  readonly program: string;
  readonly interpreter: string | null;
  /** The folder in which to start the program; null: any folder. */
  readonly folder: string | null;
  readonly flags: string;
  readonly logsToFiles: boolean;
  readonly logsToSyslog: boolean;
  readonly logServerPort: string | null;
  readonly needsRun: boolean;
  readonly logs: readonly string[];
  /** The signal that makes the server reopen its logs. */
  readonly reopens: 'HUP' | 'USR1';
  /** Whether the server reports the result of a reload. */
  readonly tellsReload: boolean;
  readonly drain: { readonly key: string; readonly seconds: number };
  /** Seconds between the request to stop and SIGKILL. */
  readonly patience: number;
  readonly forks: boolean;
  readonly liburing: boolean;
}

/** How many seconds longer than its drain a program may take to stop before it is killed. */
export const kPatienceBeyondDrain = 10;

/** `port`: where clients reach the server. */
export function hostView(spec: Spec, contributed: Contributed, port: number): HostView {
  const name = String(answerOf(spec, 'name'));
  const settings = contributed.settings.items;
  const cpp = isCpp(spec);
  const folder = `/opt/${name}`;
  const placed = placedOnHost(settings, name);
  const drain = drainOf(settings);
  const seconds = drain.ms / 1000;
  return {
    name,
    cpp,
    port,
    program: cpp ? `${folder}/bin/${name}` : `${folder}/dist/main.js`,
    interpreter: cpp ? null : '/usr/bin/node',
    folder,
    flags: flagsOf([...listening(contributed, port), ...placed]).join(' '),
    logsToFiles: placed.some(({ needs }) => needs === 'logs'),
    logsToSyslog: settings.some(({ key }) => key === 'log-syslog'),
    logServerPort: logServerPortOf(contributed),
    needsRun: placed.some(({ needs }) => needs === 'run'),
    logs: placed.filter(({ needs }) => needs === 'logs').map(({ value }) => String(value)),
    reopens: contributed.abilities.items.includes('reopens-on-usr1') ? 'USR1' : 'HUP',
    tellsReload: contributed.abilities.items.includes('tells-reload'),
    drain: { key: drain.key, seconds },
    patience: Math.ceil(seconds + delayOf(contributed) / 1000) + kPatienceBeyondDrain,
    forks: spec.values['workers.kind'] === 'process',
    liburing: spec.values['io.model'] === 'io_uring',
  };
}

/** How long the program keeps serving after it has been told to stop, in milliseconds. */
export function delayOf({ settings }: Contributed): number {
  const delay = settings.items.find(({ key }) => key === 'drain-delay-ms');
  return delay?.takes.kind === 'number' ? Number(delay.takes.default) : 0;
}

/**
 * Listens on this machine only, as behind a proxy: exposing the server to the network is the
 * administrator's decision.
 */
export function listening({ ports }: Contributed, port: number): readonly Placed[] {
  const [first] = ports.items;
  return first === undefined ? [] : [{ key: first.key, value: `127.0.0.1:${port}`, needs: null }];
}

function logServerPortOf({ settings }: Contributed): string | null {
  const server = settings.items.find(({ key }) => key === 'log-udp');
  return server === undefined ? null : (/\d+$/.exec(String(server.takes.default))?.[0] ?? '514');
}

/** What rotates files, and what separates the lines written to files by others. */
export function logFiles(
  folder: string,
  view: HostView & { readonly isService: boolean; readonly pidFile: string | null },
): readonly DeployFile[] {
  const { name, logsToFiles, logsToSyslog, logServerPort } = view;
  const file = (suffix: string, template: string): DeployFile => {
    const id = `${folder}/${template}`;
    return { path: `${folder}/${name}${suffix}`, template: `logs/${template}`, id, view };
  };
  return [
    ...(logsToFiles || logsToSyslog ? [file('.logrotate', 'logrotate')] : []),
    ...(logsToSyslog ? [file('.rsyslog.conf', 'rsyslog.conf')] : []),
    ...(logServerPort === null ? [] : [file('-log-server.rsyslog.conf', 'log-server.conf')]),
  ];
}
