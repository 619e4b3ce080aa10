/** What packs put in the place of templates and blocks of others sees the answers too. */

import { type Assets, blocksIn, blocksNamedIn } from '../../plan/assets.ts';
import type { FileIntent } from '../../plan/generator.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Ground } from '../ground.ts';
import { pathsIn } from './dependencies.ts';
import { kPackTemplates } from './pack-assets.ts';
import { packView } from './pack-view.ts';
import { reasonsOf } from './reasons.ts';

/**
 * A template of another pack, or one that has a replaced block, keeps the view that its generator
 * has made; what replaces it sees all answers beside, and they become reasons of the file.
 */
export function answering(
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
  // To the templates of packs all that they name is answers; those that are built in say themselves
  // what their views are made of.
  const isPack = source.template.startsWith(kPackTemplates);
  const paths = pathsIn(text, blocksIn(assets)).filter(([first]) => isPack || first === 'answers');
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
