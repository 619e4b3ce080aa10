/** Servers installed on a copy of this machine: see package-life.sh, init-life.sh in fixtures. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled } from '../tools.ts';

const kFixtures = join(import.meta.dirname, 'fixtures');
const kApart = ['--mount', '--net', '--pid', '--fork'];
const kNeeds = ['deb-systemd-helper', 'dpkg-deb', 'dpkg-shlibdeps', 'ip', 'systemd-sysusers'];

/** Whether this machine runs Debian and lets the user mount a file system over its own. */
export function canLive(): boolean {
  if (!kNeeds.every(isInstalled)) return false;
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  const overlay = 'lowerdir=/,upperdir="$0/upper",workdir="$0/work"';
  const mount =
    'mount -t tmpfs none "$0" && mkdir "$0/upper" "$0/work" "$0/root" && ' +
    `mount -t overlay -o ${overlay} none "$0/root"`;
  const { status } = spawnSync('unshare', [...kApart, 'sh', '-c', mount, folder]);
  rmSync(folder, { recursive: true });
  return status === 0;
}

export interface Life {
  readonly status: number | null;
  /** What went wrong; empty if the script ran to its end. */
  readonly failure: string;
}

/** The life of the only package in that folder, which is then upgraded to a version 99.0. */
export function lifeOf(folder: string): Life {
  const deb = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error(`no package in ${folder}`);
  const first = join(folder, deb);
  const [name = ''] = deb.split('_');
  return life('package-life.sh', (place) => {
    const [later, next] = [join(place, 'later.deb'), join(place, 'next')];
    const repack =
      'dpkg-deb -R "$1" "$2" && sed -i "s/^Version: .*/Version: 99.0/" "$2/DEBIAN/control" && ' +
      'dpkg-deb --root-owner-group -b "$2" "$3"';
    said('sh', '-c', repack, 'repack', first, next, later);
    return [first, name, later];
  });
}

/** For a built project, using its init script. */
export function initLifeOf(project: string, name: string): Life {
  return life('init-life.sh', () => [project, name]);
}

function life(script: string, argsIn: (place: string) => readonly string[]): Life {
  const place = mkdtempSync(join(tmpdir(), 'life-'));
  const root = join(place, 'root');
  mkdirSync(root);
  const command = ['sh', join(kFixtures, script), root, ...argsIn(place)];
  const { status, output } = said('unshare', ...kApart, ...command);
  rmSync(place, { recursive: true });
  return { status, failure: output.endsWith('it has lived\n') ? '' : output };
}

function said(program: string, ...args: readonly string[]) {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env });
  return { status, output: stderr + stdout };
}
