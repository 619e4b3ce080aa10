/** Where a server keeps the files it writes, by the conventions of the machine it runs on. */

import type { Setting, Shape } from '../../../src/plan/setting.ts';

/** A setting whose default doesn't fit that machine. */
export interface Placed {
  readonly key: string;
  readonly value: string | readonly string[];
  /** Which folder must exist for `value`: the one for logs, or the one in `/run`; null: none. */
  readonly needs: 'logs' | 'run' | null;
}

/** On a Linux machine: `/var/log/NAME` and `/run/NAME`. Absolute paths stay as they are. */
export function placedOnHost(settings: readonly Setting[], name: string): readonly Placed[] {
  return settings.flatMap(({ key, takes }): readonly Placed[] => {
    const log = fileOfLog(takes);
    if (log !== null) return [{ key, value: `/var/log/${name}/${log}`, needs: 'logs' }];
    const socket = relativeSocket(takes);
    if (socket !== null) return [{ key, value: `unix:/run/${name}/${socket}`, needs: 'run' }];
    return [];
  });
}

/**
 * For an installed package: the same places, and `/usr/share/NAME` for folders that are only read.
 */
export function placedByPackage(settings: readonly Setting[], name: string): readonly Placed[] {
  const read = settings.flatMap(({ key, takes }): readonly Placed[] => {
    if (takes.kind !== 'path' || takes.of !== 'folder') return [];
    const isElsewhere = takes.default === takes.word || takes.default.startsWith('/');
    return isElsewhere ? [] : [{ key, value: `/usr/share/${name}/${takes.default}`, needs: null }];
  });
  return [...placedOnHost(settings, name), ...read];
}

/** In a container, where nothing may be written: log lines go to the container runtime. */
export function placedInImage(settings: readonly Setting[]): readonly Placed[] {
  return settings.flatMap(({ key, takes }): readonly Placed[] => {
    if (takes.kind !== 'path' || fileOfLog(takes) === null) return [];
    const words = [takes.word, ...(takes.further ?? [])];
    const value = words.includes('stderr') ? 'stderr' : takes.word;
    return value === null ? [] : [{ key, value, needs: null }];
  });
}

/** The settings as command-line flags. */
export function flagsOf(placed: readonly Placed[]): readonly string[] {
  return placed.flatMap(({ key, value }) => {
    return [value].flat().flatMap((each) => [`--${key}`, each]);
  });
}

/** The file name of a log's default; null if the log doesn't go to a file by default. */
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
