/** For systemd: a unit, the sockets that the server takes over, and what its logs need. */

import type { Contributed, Port } from '../../../src/plan/contribution.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { type DeployFile, type HostView, hostView, logFiles } from './host.ts';

export function systemdFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = hostView(spec, contributed, port);
  return [
    ...unitFiles('deploy', contributed, { ...view, isPackaged: false }),
    ...logFiles('deploy', { ...view, isService: true, pidFile: null }),
  ];
}

/** The service unit, and a socket unit for each socket that the server takes over. */
export function unitFiles(
  folder: string,
  contributed: Contributed,
  view: HostView & { readonly isPackaged: boolean },
): readonly DeployFile[] {
  const { name, port } = view;
  const sockets = socketsOf(name, contributed, port);
  return [
    {
      path: `${folder}/${name}.service`,
      template: 'unit',
      view: unitView(view, contributed, sockets),
      ...(view.isPackaged ? { id: folder } : {}),
    },
    ...sockets.map((socket) => ({
      path: `${folder}/${socket.unit}`,
      template: 'socket',
      id: view.isPackaged ? `${folder}/${socket.key}` : socket.key,
      view: { name, ...socket },
    })),
  ];
}

export interface Socket {
  readonly unit: string;
  readonly key: string;
  readonly address: string;
}

export function socketsOf(
  name: string,
  { abilities, ports }: Contributed,
  port: number,
): readonly Socket[] {
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
    command: view.interpreter === null ? view.program : `${view.interpreter} dist/main.js`,
  };
}
