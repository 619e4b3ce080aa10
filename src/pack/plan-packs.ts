/** Several packs over each other → one plan, one tree. The first one is the built-in one. */

import { assemble, type Plan } from '../plan/assemble.ts';
import { type Assets, blocksIn, blocksNamedIn, layered } from '../plan/assets.ts';
import type { FileIntent } from '../plan/generator.ts';
import { render } from '../render/render.ts';
import type { Spec } from '../spec/spec.ts';
import type { Tree } from '../tree/tree.ts';
import { type Ground, packView } from './compile/compile-pack.ts';
import { pathsIn } from './compile/dependencies.ts';
import { reasonsOf } from './compile/reasons.ts';
import type { Pack } from './pack.ts';

export interface PackPlan {
  readonly plan: Plan;
  /** What the plan is rendered with. */
  readonly assets: Assets;
}

/** Errors: `UserError` (usage) where two packs plan one path, or one that may not be. */
export function planOf(packs: readonly Pack[], spec: Spec): PackPlan {
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
  return { plan: plan.map((intent) => answering(intent, replaced, ground, spec, assets)), assets };
}

/** Errors: those of `planOf`, and of the packs' templates and code. */
export async function treeOf(packs: readonly Pack[], spec: Spec): Promise<Tree> {
  const { plan, assets } = planOf(packs, spec);
  let tree = await render(plan, assets);
  for (const { rework } of packs) tree = (await rework?.(tree, spec)) ?? tree;
  return tree;
}

/** What these packs ask, and what they can add. */
export function groundOf(packs: readonly Pack[]): Ground {
  const generators = packs.flatMap((pack) => pack.generators);
  return {
    questions: generators.flatMap((generator) => generator.questions),
    additions: generators.flatMap((generator) => generator.additions ?? []),
  };
}

/** The templates and blocks of other packs that these assets stand for. */
function replacements(assets: Assets): readonly string[] {
  return [...assets.list('templates'), ...assets.list('partials')];
}

/**
 * A template of another pack, or one that has a replaced block, keeps the view that its generator
 * has made; what replaces it sees all answers beside, and they become reasons of the file.
 */
function answering(
  intent: FileIntent,
  replaced: ReadonlySet<string>,
  ground: Ground,
  spec: Spec,
  assets: Assets,
): FileIntent {
  const { source } = intent;
  if (source.kind !== 'template') return intent;
  const place = `templates/${source.template}`;
  const text = assets.read(place);
  const names = blocksNamedIn(text).filter((name) => replaced.has(`partials/${name}.hbs`));
  if (names.length === 0 && !replaced.has(place)) return intent;
  const paths = pathsIn(text, blocksIn(assets)).filter(([first]) => first === 'answers');
  const because = reasonsOf(paths, [], {
    keys: ground.questions.map(({ key }) => key),
    kinds: ground.additions.map(({ kind }) => kind),
  });
  return {
    ...intent,
    source: { ...source, view: { ...source.view, answers: packView(ground, spec) } },
    because: [...new Set([...intent.because, ...because])].sort(),
  };
}
