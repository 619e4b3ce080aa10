/** How the suite starts a project's server. */

import { join } from 'node:path';
import type { Target } from '../blackbox/server.ts';
import type { Mode } from './mode.ts';
import type { Place } from './projects.ts';

/**
 * The traced program is beside the plain one. A traced addon comes with a copy of the JavaScript.
 */
export function targetOf(
  { architecture, directory, start }: Place,
  mode: Mode,
  kind: '' | '-traced',
): Target {
  const { id, language, hasWorkers, capacity, blocks, mask = 0, serverFlags } = architecture;
  const words = start.map((word) => word.replaceAll('build/release', `build/${mode}${kind}`));
  // More than one worker, on any machine: a race needs two.
  const races = mode === 'tsan' && hasWorkers && !blocks;
  const inside = language === 'typescript' && kind !== '' ? 'build/traced' : '.';
  return {
    name: id,
    cwd: join(directory, inside),
    start: [...words, ...serverFlags, ...(races ? ['--workers', '3'] : [])],
    hasWorkers,
    capacity,
    blocks,
    mask,
  };
}
