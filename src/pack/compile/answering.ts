/** Templates and blocks with which packs replace others' see the answers too. */

import { type Assets, blocksIn, blocksNamedIn } from '../../plan/assets.ts';
import type { FileIntent } from '../../plan/generator.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Ground } from '../ground.ts';
import { pathsIn } from './dependencies.ts';
import { kPackTemplates } from './pack-assets.ts';
import { packView } from './pack-view.ts';
import { reasonsOf } from './reasons.ts';

/**
 * Another pack's template, or one with a replaced block, keeps the view its generator made; the
 * replacement also sees all answers, and they become reasons of the file.
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
  // In packs' templates every name is an answer; built-in templates are given their own views.
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
