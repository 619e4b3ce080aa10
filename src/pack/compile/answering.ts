/** When a pack replaces another pack's template or block, the replacement also sees all answers. */

import { type Assets, blocksIn, blocksNamedIn } from '../../plan/assets.ts';
import type { FileIntent } from '../../plan/generator.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Ground } from '../ground.ts';
import { pathsIn } from './dependencies.ts';
import { kPackTemplates } from './pack-assets.ts';
import { packView } from './pack-view.ts';
import { reasonsOf } from './reasons.ts';

/**
 * If the file's template, or a block in it, is replaced, keeps the view that its generator made,
 * but adds all answers to it. The answers that the replacement reads become reasons of the file.
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
  // In a pack's template every name is an answer. A built-in template gets its own view, in which
  // answers are below `answers`.
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
