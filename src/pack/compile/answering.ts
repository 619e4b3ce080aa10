/** When a pack replaces another pack's template or block, the replacement also sees all answers. */

import { type Assets, blocksIn, blocksNamedIn } from '../../plan/assets.ts';
import type { FileIntent } from '../../plan/generator.ts';
import type { Rendering } from '../../plan/source.ts';
import { templatePath } from '../../render/renderer.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Ground } from '../ground.ts';
import { pathsIn, type ViewPath } from './dependencies.ts';
import { kPackTemplates } from './pack-assets.ts';
import { packView } from './pack-view.ts';
import { reasonsOf } from './reasons.ts';

/**
 * Each of the file's templates that is replaced, or has a replaced block in it, keeps the view that
 * its generator made, but all answers are added to that. The answers that the replacement reads
 * become reasons of the file.
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
  const because: string[] = [];
  const answered = ({ template, view }: Rendering): Rendering => {
    const paths = answersRead(template, replaced, assets);
    if (paths === null) return { template, view };
    because.push(
      ...reasonsOf(paths, [], {
        keys: ground.questions.map(({ key }) => key),
        kinds: ground.additions.map(({ kind }) => kind),
      }),
    );
    return { template, view: { ...view, answers: packView(ground, spec) } };
  };
  const parts = Object.entries(source.parts ?? {}).map(([name, part]) => [name, answered(part)]);
  const own = { kind: 'template', ...answered(source) } as const;
  return {
    ...intent,
    source: parts.length === 0 ? own : { ...own, parts: Object.fromEntries(parts) },
    because: [...new Set([...intent.because, ...because])].sort(),
  };
}

/** Null if neither the template nor one of its blocks is replaced. */
function answersRead(
  template: string,
  replaced: ReadonlySet<string>,
  assets: Assets,
): readonly ViewPath[] | null {
  const place = templatePath(template);
  const text = assets.read(place);
  const names = blocksNamedIn(text).filter((name) => replaced.has(`partials/${name}.hbs`));
  if (names.length === 0 && !replaced.has(place)) return null;
  // In a pack's template every name is an answer. A built-in template gets its own view, in which
  // answers are below `answers`.
  const isPack = template.startsWith(kPackTemplates);
  return pathsIn(text, blocksIn(assets)).filter(([first]) => isPack || first === 'answers');
}
