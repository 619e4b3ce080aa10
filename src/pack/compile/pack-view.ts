/** Everything that a pack's templates can see. */

import { additionsOf, type Spec } from '../../spec/spec.ts';
import type { Ground } from '../ground.ts';
import { type View, viewOf } from './view.ts';

/** Everything that templates of these questions and additions can see. */
export function packView({ questions, additions }: Ground, spec: Spec): View {
  const added = additions.map(({ kind, questions: own }) => [
    kind,
    additionsOf(spec, kind).map((values) => viewOf(own, values)),
  ]);
  return { ...viewOf(questions, spec.values), additions: Object.fromEntries(added) };
}
