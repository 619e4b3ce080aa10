/** Where a server keeps what it writes, in the places its machine has for it. */

import type { Setting, Shape } from '../../../src/plan/setting.ts';

/** A setting that can't keep its default. */
export interface Placed {
  readonly key: string;
  readonly value: string | readonly string[];
  /** What `value` requires to exist. */
  readonly needs: 'logs' | 'run' | null;
}

/** On a Linux machine: `/var/log/NAME`, `/run/NAME`. Absolute paths stay unchanged. */
export function placedOnHost(settings: readonly Setting[], name: string): readonly Placed[] {
  return settings.flatMap(({ key, takes }): readonly Placed[] => {
    const log = fileOfLog(takes);
    if (log !== null) return [{ key, value: `/var/log/${name}/${log}`, needs: 'logs' }];
    const socket = relativeSocket(takes);
    if (socket !== null) return [{ key, value: `unix:/run/${name}/${socket}`, needs: 'run' }];
    return [];
  });
}

/** From a package: the same, and read-only files also have a folder of their own. */
export function placedByPackage(settings: readonly Setting[], name: string): readonly Placed[] {
  const read = settings.flatMap(({ key, takes }): readonly Placed[] => {
    if (takes.kind !== 'path' || takes.of !== 'folder') return [];
    const isElsewhere = takes.default === takes.word || takes.default.startsWith('/');
    return isElsewhere ? [] : [{ key, value: `/usr/share/${name}/${takes.default}`, needs: null }];
  });
  return [...placedOnHost(settings, name), ...read];
}

/** In a container, which may write nothing: lines go to the container runtime. */
export function placedInImage(settings: readonly Setting[]): readonly Placed[] {
  return settings.flatMap(({ key, takes }): readonly Placed[] => {
    if (takes.kind !== 'path' || fileOfLog(takes) === null) return [];
    const words = [takes.word, ...(takes.further ?? [])];
    const value = words.includes('stderr') ? 'stderr' : takes.word;
    return value === null ? [] : [{ key, value, needs: null }];
  });
}

/** As a command's flags. */
export function flagsOf(placed: readonly Placed[]): readonly string[] {
  return placed.flatMap(({ key, value }) => {
    return [value].flat().flatMap((each) => [`--${key}`, each]);
  });
}

/** The name of a log's default file; null if it doesn't go to a file. */
function fileOfLog(takes: Shape): string | null {
  if (takes.kind !== 'path' || takes.of !== 'log') return null;
  const { default: usual, further = [], word } = takes;
  return [word, ...further].includes(usual) || usual.startsWith('/') ? null : nameIn(usual);
}

function relativeSocket(takes: Shape): string | null {
  if (takes.kind !== 'address') return null;
  const [, path = null] = /^unix:([^/@].*)$/.exec(takes.default) ?? [];
  return path === null ? null : nameIn(path);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
