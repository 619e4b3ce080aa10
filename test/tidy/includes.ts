/** The rooms of the native core: which may include which. */

import type { Source } from './sources.ts';

/** The floors from the ground up. Rooms on the same floor don't know each other. */
const kFloors: readonly (readonly string[])[] = [
  ['base'],
  ['os'],
  ['pool', 'socket'],
  ['daemon', 'log'],
  ['poller'],
  ['completion'],
  ['event'],
  ['connection', 'metrics'],
  ['transport'],
  ['link'],
  ['storage'],
  ['protocol', 'concurrency'],
  ['proxy'],
];

/** Includes of a header from a floor above, or from a neighbour on the same one. */
export function upwardIncludes(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    const room = /^native-core\/hpserver\/(\w+)\//.exec(path)?.[1];
    if (room === undefined) return [];
    const included = [...text.matchAll(/^#include "hpserver\/(\w+)\/[^"]+"/gm)];
    return included
      .filter(([, other = '']) => other !== room && floorOf(other) >= floorOf(room))
      .map(([line]) => `${path}: ${line}`);
  });
}

function floorOf(room: string): number {
  const floor = kFloors.findIndex((rooms) => rooms.includes(room));
  if (floor < 0) throw new Error(`the room "${room}" has no floor yet: give it one in this file`);
  return floor;
}
