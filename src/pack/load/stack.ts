/** A pack and the parents that come with it, combined into one pack. */

import { type Assets, layered } from '../../plan/assets.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Pack } from '../pack.ts';

const kNoAssets: Assets = {
  read: (path) => {
    throw new Error(`no pack has ${path}`);
  },
  list: () => [],
};

/**
 * The result has the identity of `top`. The layers, oldest first, leave out parents that are
 * already part of other packs.
 */
export function stacked(top: Pack, layers: readonly Pack[]): Pack {
  const [only] = layers;
  if (only === top && layers.length === 1) return top;
  const { name, version, reference, migrate } = top;
  const reworks = layers.flatMap(({ rework }) => (rework === undefined ? [] : [rework]));
  return {
    name,
    version,
    reference,
    generators: layers.flatMap(({ generators }) => generators),
    assets: layered([kNoAssets, ...layers.map(({ assets }) => assets)]),
    ...(reworks.length === 0 ? {} : { rework: (tree, spec) => inTurn(reworks, tree, spec) }),
    ...(migrate === undefined ? {} : { migrate }),
    hooks: layers.flatMap(({ hooks }) => hooks ?? []),
  };
}

async function inTurn(
  reworks: readonly NonNullable<Pack['rework']>[],
  tree: Tree,
  spec: Spec,
): Promise<Tree> {
  let reworked = tree;
  for (const rework of reworks) reworked = await rework(reworked, spec);
  return reworked;
}
