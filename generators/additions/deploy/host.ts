/** What a machine needs to run the server as a service of its own, by systemd or by init. */

import type { Contributed, Port } from '../../../src/plan/contribution.ts';
import type { FileIntent } from '../../../src/plan/generator.ts';
import { drainOf } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import { flagsOf, type Placed, placedOnHost } from './places.ts';

/** A file of a target, without what all of them have in common. */
export interface DeployFile {
  readonly path: string;
  /** Below `templates/additions/deploy/`, without `.hbs`. */
  readonly template: string;
  readonly view: object;
  /** Where several files come of one template, which of them it is. */
  readonly id?: string;
  readonly mode?: FileIntent['mode'];
}

export interface HostView {
  readonly name: string;
  readonly cpp: boolean;
  readonly port: number;
  /** What starts it, without flags, in the folder below. */
  readonly program: string;
  readonly interpreter: string | null;
  readonly folder: string;
  readonly flags: string;
  readonly logsToFiles: boolean;
  readonly logsToSyslog: boolean;
  readonly logServerPort: string | null;
  readonly needsRun: boolean;
  readonly logs: readonly string[];
  /** Which signal has it open its logs anew. */
  readonly reopens: 'HUP' | 'USR1';
  readonly drain: { readonly key: string; readonly seconds: number };
  /** Until SIGKILL. */
  readonly patience: number;
  readonly forks: boolean;
  readonly liburing: boolean;
}

/** Seconds that a program has beyond its drain before it is killed. */
export const kPatienceBeyondDrain = 10;

/** `port`: where its clients find it. */
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
    drain: { key: drain.key, seconds },
    patience: Math.ceil(seconds + delayOf(contributed) / 1000) + kPatienceBeyondDrain,
    forks: spec.values['workers.kind'] === 'process',
    liburing: spec.values['io.model'] === 'io_uring',
  };
}

/** How long the program goes on as before when it has been told to end. */
export function delayOf({ settings }: Contributed): number {
  const delay = settings.items.find(({ key }) => key === 'drain-delay-ms');
  return delay?.takes.kind === 'number' ? Number(delay.takes.default) : 0;
}

/** Only this machine, as behind a proxy: what faces the network, its administrator decides. */
export function listening({ ports }: Contributed, port: number): readonly Placed[] {
  const [first] = ports.items;
  return first === undefined ? [] : [{ key: first.key, value: `127.0.0.1:${port}`, needs: null }];
}

function logServerPortOf({ settings }: Contributed): string | null {
  const server = settings.items.find(({ key }) => key === 'log-udp');
  return server === undefined ? null : (/\d+$/.exec(String(server.takes.default))?.[0] ?? '514');
}

/** By systemd: a unit, the sockets that it takes over, what its logs need. */
export function systemdFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = hostView(spec, contributed, port);
  const { name } = view;
  const sockets = socketsOf(name, contributed, port);
  const unit = unitView(view, contributed, sockets);
  return [
    { path: `deploy/${name}.service`, template: 'unit', view: { ...unit, isPackaged: false } },
    ...sockets.map((socket) => ({
      path: `deploy/${socket.unit}`,
      template: 'socket',
      id: socket.key,
      view: { name, folder: 'deploy', ...socket },
    })),
    ...logFiles('deploy', { ...view, isService: true }),
  ];
}

interface Socket {
  readonly unit: string;
  readonly key: string;
  readonly address: string;
}

function socketsOf(name: string, { abilities, ports }: Contributed, port: number) {
  if (!abilities.items.includes('takes-sockets')) return [];
  return ports.items.map(({ key, number }: Port, index): Socket => {
    const isFirst = index === 0;
    return {
      unit: isFirst ? `${name}.socket` : `${name}-${key}.socket`,
      key,
      address: `127.0.0.1:${isFirst ? port : number}`,
    };
  });
}

function unitView(view: HostView, { abilities }: Contributed, sockets: readonly Socket[]) {
  const units = sockets.map(({ unit }) => unit);
  return {
    ...view,
    tells: abilities.items.includes('tells-readiness'),
    sockets: units.join(' '),
    socketCommands: units.map((unit) => `sudo cp deploy/${unit} /etc/systemd/system`),
    starts: units.length > 0 ? `${view.name}.service ${units.join(' ')}` : view.name,
    binds: units.length === 0 && view.port < 1024,
    mapsUsers: units.length > 0 || view.port >= 1024,
    program: view.interpreter === null ? view.program : `${view.interpreter} dist/main.js`,
  };
}

/** By any other init: a script, its user, its folders, what its logs need. */
export function classicFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const host = hostView(spec, contributed, port);
  const { name, interpreter, program } = host;
  const has = (key: string): boolean =>
    contributed.settings.items.some((setting) => setting.key === key);
  const detaches = has('daemon') && has('pid-file');
  const becomes = detaches && has('user');
  const pidFile = `/run/${name}/${name}.pid`;
  const own = [
    ...(detaches ? [`--daemon --pid-file ${pidFile}`] : []),
    ...(becomes ? [`--user ${name}`] : []),
  ];
  const starting = [
    ...(detaches ? [] : ['--background --make-pidfile']),
    ...(becomes ? [] : [`--chuid ${name}`]),
  ];
  const view = {
    ...host,
    detaches,
    becomes,
    pidFile,
    flags: [host.flags, ...own].join(' '),
    executable: interpreter ?? program,
    script: interpreter === null ? null : program,
    starting: starting.join(' '),
    isService: false,
  };
  const folder = 'deploy/classic';
  const file = (suffix: string, template: string, mode: FileIntent['mode'] = 0o644): DeployFile => {
    return { path: `${folder}/${name}.${suffix}`, template: `classic/${template}`, view, mode };
  };
  return [
    file('init', 'init', 0o755),
    file('sysusers.conf', 'sysusers.conf'),
    file('tmpfiles.conf', 'tmpfiles.conf'),
    ...logFiles(folder, view),
  ];
}

/** What rotates files, and what sorts lines that others write to files. */
export function logFiles(
  folder: string,
  view: HostView & { readonly isService: boolean },
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
