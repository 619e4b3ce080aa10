/** All that the templates of a pack can see. */

import { additionsOf, type Spec } from '../../spec/spec.ts';
import type { Ground } from '../ground.ts';
import { type View, viewOf } from './view.ts';

/** All that templates of these questions and additions can see. */
export function packView({ questions, additions }: Ground, spec: Spec): View {
  const added = additions.map(({ kind, questions: own }) => [
    kind,
    additionsOf(spec, kind).map((values) => viewOf(own, values)),
  ]);
  return { ...viewOf(questions, spec.values), additions: Object.fromEntries(added) };
}
