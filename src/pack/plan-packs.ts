/** Several packs layered on each other → one plan, one tree. The first is the built-in one. */

import { assemble, type Plan } from '../plan/assemble.ts';
import { type Assets, layered } from '../plan/assets.ts';
import { render } from '../render/render.ts';
import type { Spec } from '../spec/spec.ts';
import type { Tree } from '../tree/tree.ts';
import { groundOf } from './ground.ts';
import type { Pack } from './pack.ts';

export interface PackPlan {
  readonly plan: Plan;
  /** What the plan is rendered with. */
  readonly assets: Assets;
}

/** Errors: `UserError` (usage) if two packs plan one path, or one plans a forbidden path. */
export async function planOf(packs: readonly Pack[], spec: Spec): Promise<PackPlan> {
  const [, ...over] = packs;
  const assets = layered(packs.map((pack) => pack.assets));
  const plan = assemble(
    packs.flatMap((pack) => pack.generators),
    spec,
    assets,
  );
  const replaced = new Set(over.flatMap((pack) => replacements(pack.assets)));
  if (replaced.size === 0) return { plan, assets };
  const ground = groundOf(packs);
  // This module parses templates: it is imported here, so only users with a pack load Handlebars
  // for it.
  const { answering } = await import('./compile/answering.ts');
  return { plan: plan.map((intent) => answering(intent, replaced, ground, spec, assets)), assets };
}

/** Errors: those of `planOf`, and of the packs' templates and code. */
export async function treeOf(packs: readonly Pack[], spec: Spec): Promise<Tree> {
  const { plan, assets } = await planOf(packs, spec);
  let tree = await render(plan, assets);
  for (const { rework } of packs) tree = (await rework?.(tree, spec)) ?? tree;
  return tree;
}

/** The templates and blocks of other packs that these assets replace. */
function replacements(assets: Assets): readonly string[] {
  return [...assets.list('templates'), ...assets.list('partials')];
}
