/** Does a pack's code make the same of the same? */

import type { Spec } from '../../spec/spec.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Pack } from '../pack.ts';

/**
 * Runs the pack twice on one tree. The paths whose files differ would be changed by each
 * `regenerate`: code that asks for the time, for random numbers or for the machine's state.
 */
export async function unsteadyPaths(
  pack: Pack,
  tree: Tree,
  spec: Spec,
): Promise<readonly string[]> {
  if (pack.rework === undefined) return [];
  const once = byPath(await pack.rework(tree, spec));
  const twice = byPath(await pack.rework(tree, spec));
  const paths = [...new Set([...once.keys(), ...twice.keys()])].sort();
  return paths.filter((path) => once.get(path) !== twice.get(path));
}

function byPath(tree: Tree): ReadonlyMap<string, string> {
  return new Map(tree.map(({ path, text, mode }) => [path, `${mode} ${text}`]));
}
