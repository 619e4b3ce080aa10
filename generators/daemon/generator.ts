/** How a server leaves its terminal and its rights, and what it tells who started it. */

import type { CompiledSource, Contributions, Step } from '../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../src/plan/generator.ts';
import type { Setting } from '../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { namespaceOf } from '../cpp/namespace.ts';
import { type Part, partsOf } from './parts.ts';
import { daemonQuestions } from './questions.ts';

export const daemon: Generator = {
  id: 'daemon',
  questions: daemonQuestions,
  rules: [],
  contributions: (spec) => contributionsOf(partsOf(spec.values)),
  files: (spec) => partsOf(spec.values).flatMap((part) => filesOf(part, spec)),
};

/** In the order of the program's life: what follows relies on what stands before. */
function contributionsOf(parts: readonly Part[]): Contributions {
  const of = <Item>(pick: (part: Part) => readonly Item[]) => ({
    items: parts.flatMap(pick),
    because: ['language', 'workers.kind', ...daemonQuestions.map(({ key }) => key)],
  });
  return {
    settings: of<Setting>(({ settings }) => settings),
    steps: of<Step>(({ steps }) => steps),
    sources: of<CompiledSource>(({ name }) => [{ path: `src/daemon/${name}.cc`, part: 'program' }]),
    core: of<string>(({ core }) => core),
  };
}

function filesOf({ name, keys, view }: Part, spec: Spec): readonly FileIntent[] {
  const namespace = namespaceOf(String(answerOf(spec, 'name')));
  return ['cc', 'h'].map((extension) => ({
    id: `daemon/${name}.${extension}`,
    path: `src/daemon/${name}.${extension}`,
    source: {
      kind: 'template',
      template: `daemon/cpp/${name}.${extension}.hbs`,
      view: { namespace, ...view },
    },
    mode: 0o644,
    owner: 'merged',
    because: ['language', 'name', ...keys].sort(),
  }));
}
