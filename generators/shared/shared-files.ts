/** What a project has in either language: its settings and its first page. */

import type { FileIntent } from '../../src/plan/generator.ts';
import type { Value } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';

/** `config/server.toml` and `public/index.html`. */
export function sharedFiles(spec: Spec): readonly FileIntent[] {
  const name = answerOf(spec, 'name');
  const workers: Value | undefined = spec.values['workers.size'];
  return [
    {
      id: 'shared/settings',
      path: 'config/server.toml',
      source: {
        kind: 'template',
        template: 'shared/server.toml.hbs',
        view: {
          name,
          hasWorkers: workers !== undefined,
          workers: workers === 'auto' ? '"auto"' : (workers ?? null),
        },
      },
      mode: 0o644,
      owner: 'merged',
      because: ['concurrency.model', 'language', 'name', 'workers.size'],
    },
    {
      id: 'shared/index-page',
      path: 'public/index.html',
      source: { kind: 'template', template: 'shared/index.html.hbs', view: { name } },
      mode: 0o644,
      owner: 'merged',
      because: ['language', 'name'],
    },
  ];
}
