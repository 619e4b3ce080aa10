/** The command that installs what is missing, and whether we may run it. */

import type { Packager } from './distribution.ts';
import type { Finding } from './probe.ts';
import { runCommand } from './run-command.ts';

/** Installing these on Debian also starts a daemon, but a test machine needs only the program. */
const kDaemons = ['nginx', 'haproxy'];

const kInstall: Readonly<Record<Packager, readonly string[]>> = {
  apt: ['apt-get', 'install', '-y', '--no-install-recommends'],
  dnf: ['dnf', 'install', '-y'],
  pacman: ['pacman', '-S', '--needed', '--noconfirm'],
  apk: ['apk', 'add'],
};

/**
 * invoke-rc.d(8) and deb-systemd-invoke run this file to learn whether a service may start; exit
 * code 101 means no.
 */
const kWithoutDaemons = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
"$@"
`;

/** The packages to install for what is missing or outdated, each once. */
export function missingPackages(
  findings: readonly Finding[],
  packager: Packager,
): readonly string[] {
  const names = findings
    .filter(({ status }) => status !== 'ok')
    .flatMap(({ requirement }) => requirement.packages[packager]?.split(' ') ?? []);
  return [...new Set(names)];
}

export interface InstallStep {
  readonly argv: readonly string[];
  /** The command as a manual would show it, without our precautions. */
  readonly shown: string;
}

/** The commands to run as root, in order. The list of packages must not be empty. */
export function installSteps(
  packager: Packager,
  packages: readonly string[],
): readonly InstallStep[] {
  const install = [...kInstall[packager], ...packages];
  const shown = install.join(' ');
  if (packager !== 'apt') return [{ argv: install, shown }];
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', ...install];
  const guarded = packages.some((name) => kDaemons.includes(name))
    ? ['sh', '-c', kWithoutDaemons, 'sh', ...quiet]
    : quiet;
  return [
    { argv: ['apt-get', 'update'], shown: 'apt-get update' },
    { argv: guarded, shown },
  ];
}

/**
 * The commands that the user can type, and the name of each requirement that isn't packaged here.
 */
export function adviceFor(
  findings: readonly Finding[],
  packager: Packager | null,
): readonly string[] {
  const missing = findings.filter(({ status }) => status !== 'ok');
  if (packager === null) return missing.map(({ requirement }) => requirement.name);
  const packages = missingPackages(missing, packager);
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const unpackaged = missing.filter(({ requirement }) => requirement.packages[packager] === null);
  return [
    ...(packages.length === 0
      ? []
      : installSteps(packager, packages).map(({ shown }) => `${sudo}${shown}`)),
    ...unpackaged.map(({ requirement }) => `${requirement.name}: no package available here`),
  ];
}

/**
 * Put before a command, these words run it as root without asking for a password; null if that
 * isn't possible.
 */
export async function rootPrefix(): Promise<readonly string[] | null> {
  if (process.getuid?.() === 0) return [];
  const { status } = await runCommand(['sudo', '-n', 'true'], '/');
  return status === 0 ? ['sudo', '-n'] : null;
}
