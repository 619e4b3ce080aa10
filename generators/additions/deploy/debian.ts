/**
 * A Debian package: how it is built, what it installs besides the program, and its maintainer
 * scripts.
 */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { Setting } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { defaultOf } from '../../shared/settings/settings-file.ts';
import { isCpp } from '../intent.ts';
import { type DeployFile, type HostView, hostView, listening, logFiles } from './host.ts';
import { type Placed, placedByPackage } from './places.ts';
import { socketsOf, unitFiles } from './systemd.ts';

const kFolder = 'deploy/debian';

/** The file that the project's CMakeLists.txt includes. */
export const kPackageFile: string = `${kFolder}/package.cmake`;

interface PackageView extends HostView {
  readonly units: readonly string[];
  readonly unitList: string;
  readonly sockets: boolean;
  readonly rotates: boolean;
  /** Files below `/etc`: an upgrade keeps the administrator's edits to them. */
  readonly conffiles: readonly string[];
  /** Every setting with its value: the default, unless a package needs a different one. */
  readonly settings: readonly object[];
  readonly depends: string;
}

export function debianFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = packageView(spec, contributed, port);
  const { name, cpp } = view;
  const file = (path: string, template: string, mode: DeployFile['mode'] = 0o644): DeployFile => {
    return { path: `${kFolder}/${path}`, template: `debian/${template}`, view, mode };
  };
  const rotation = { ...view, isService: true, pidFile: null, logServerPort: null };
  return [
    cpp ? file('package.cmake', 'package.cmake') : file('build.sh', 'build.sh', 0o755),
    ...unitFiles(kFolder, contributed, { ...view, isPackaged: true }),
    ...logFiles(kFolder, rotation),
    file('conffiles', 'conffiles'),
    file('server.toml', 'server.toml'),
    file(`${name}.sysusers.conf`, 'sysusers.conf'),
    ...['postinst', 'postrm', 'prerm'].map((script) => file(script, script, 0o755)),
  ];
}

function packageView(spec: Spec, contributed: Contributed, port: number): PackageView {
  const host = hostView(spec, contributed, port);
  const { name, liburing, logsToFiles, logsToSyslog } = host;
  const cpp = isCpp(spec);
  const sockets = socketsOf(name, contributed, port).map(({ unit }) => unit);
  const placed = placedByPackage(contributed.settings.items, name);
  return {
    ...host,
    program: cpp ? `/usr/bin/${name}` : `/usr/lib/${name}/dist/main.js`,
    folder: cpp ? null : `/usr/lib/${name}`,
    flags: `--config /etc/${name}/server.toml`,
    units: [`${name}.service`, ...sockets],
    unitList: [...sockets, `${name}.service`].join(' '),
    sockets: sockets.length > 0,
    rotates: logsToFiles || logsToSyslog,
    conffiles: [
      `/etc/${name}/server.schema.json`,
      `/etc/${name}/server.toml`,
      ...(logsToFiles || logsToSyslog ? [`/etc/logrotate.d/${name}`] : []),
      ...(logsToSyslog ? [`/etc/rsyslog.d/30-${name}.conf`] : []),
    ],
    settings: settingsAt(contributed.settings.items, [...listening(contributed, port), ...placed]),
    depends: dependsOf(String(answerOf(spec, 'language')), liburing),
  };
}

function settingsAt(settings: readonly Setting[], placed: readonly Placed[]): readonly object[] {
  const places = new Map(placed.map(({ key, value }) => [key, value]));
  return settings.map(({ key, story, takes }) => {
    const place = places.get(key);
    if (place === undefined) return { key, story, value: defaultOf(takes) };
    const isList = takes.kind === 'addresses';
    return { key, story, value: JSON.stringify(isList ? [place].flat() : place) };
  });
}

/** For a C++ program, dpkg-shlibdeps adds the libraries. */
function dependsOf(language: string, liburing: boolean): string {
  const own = ['init-system-helpers (>= 1.54)', 'systemd | systemd-standalone-sysusers'];
  if (language === 'cpp') return own.join(', ');
  const run = ['libc6', 'libgcc-s1', 'libstdc++6', 'nodejs (>= 20.19)'];
  return [...own, ...run, ...(liburing ? ['liburing2'] : [])].sort().join(', ');
}
