/** Which Linux distribution this is, and how it installs packages. */

import { readFile } from 'node:fs/promises';

export type Packager = 'apt' | 'dnf' | 'pacman' | 'apk';

export interface Distribution {
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  readonly title: string;
  /** Null if this version knows no command to install packages with. */
  readonly packager: Packager | null;
}

const kPackagers: Readonly<Record<string, Packager>> = {
  debian: 'apt',
  ubuntu: 'apt',
  fedora: 'dnf',
  rhel: 'dnf',
  arch: 'pacman',
  alpine: 'apk',
};

/** See: os-release(5). */
export async function distribution(): Promise<Distribution> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return distributionFrom(text);
}

/** A derivative names its parents in ID_LIKE, the nearest first. */
export function distributionFrom(osRelease: string): Distribution {
  const fields = new Map(
    osRelease.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
      const [, key, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, unquoted(value)]];
    }),
  );
  const ids = [fields.get('ID') ?? '', ...(fields.get('ID_LIKE') ?? '').split(' ')];
  const packager = ids
    .map((id) => (Object.hasOwn(kPackagers, id) ? kPackagers[id] : undefined))
    .find((known) => known !== undefined);
  return { title: fields.get('PRETTY_NAME') ?? 'an unknown Linux', packager: packager ?? null };
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2');
}
