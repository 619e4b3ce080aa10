/** The part of a plan that a pack affects. */

import { type Assets, blockName, blocksNamedIn, kBlockFolder } from '../../plan/assets.ts';
import { contributedBy } from '../../plan/contributed.ts';
import type { FileIntent } from '../../plan/generator.ts';
import { renderingsOf, type Source } from '../../plan/source.ts';
import { render } from '../../render/render.ts';
import { templatePath } from '../../render/renderer.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Tree } from '../../tree/tree.ts';
import { planOf, treeOf } from '../plan-packs.ts';
import type { Bench } from './bench.ts';

export interface Concerned {
  /** The pack's own files, and files of others with a template or block that the pack replaces. */
  readonly intents: readonly FileIntent[];
  /** Only the pack's own. */
  readonly own: readonly FileIntent[];
  readonly assets: Assets;
}

/** Errors: `UserError` (usage) if the plan is impossible. */
export async function concernedBy({ pack, quick }: Bench, spec: Spec): Promise<Concerned> {
  const { plan, assets } = await planOf(quick, spec);
  const all = quick.flatMap(({ generators }) => generators);
  const contributed = contributedBy(all, spec);
  const own = pack.generators.flatMap((generator) => generator.files(spec, assets, contributed));
  const ids = new Set(own.map(({ id }) => id));
  const places = new Set([...pack.assets.list('templates'), ...pack.assets.list('native-core')]);
  const blocks = new Set(pack.assets.list(kBlockFolder).map(blockName));
  const isConcerned = ({ id, source }: FileIntent) => {
    if (ids.has(id) || assetsOf(source).some((place) => places.has(place))) return true;
    return renderingsOf(source).some(({ template }) =>
      blocksNamedIn(assets.read(templatePath(template))).some((name) => blocks.has(name)),
    );
  };
  return { intents: plan.filter(isConcerned), own, assets };
}

/** The paths of a source's texts among the assets. */
export function assetsOf(source: Source): readonly string[] {
  if (source.kind === 'copy') return [source.from];
  return renderingsOf(source).map(({ template }) => templatePath(template));
}

/** The texts of these files or, if the pack's code works on the whole tree, all texts. */
export async function concernedTree(bench: Bench, spec: Spec, known: Concerned): Promise<Tree> {
  if (bench.pack.rework !== undefined) return treeOf(bench.packs, spec);
  return render(known.intents, known.assets);
}
