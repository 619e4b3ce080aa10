/** What a project has in either language: its settings and its first page. */

import type { FileIntent } from '../../src/plan/generator.ts';
import type { Value } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { protocolsOf } from '../additions/protocol/protocols.ts';
import { crewOf, kCrewKeys } from './crew.ts';
import { kPoolKeys, poolSettings } from './pool-settings.ts';

/** `config/server.toml` and `public/index.html`. */
export function sharedFiles(spec: Spec): readonly FileIntent[] {
  const name = answerOf(spec, 'name');
  const workers: Value | undefined = spec.values['workers.size'];
  const crew = crewOf(spec);
  return [
    {
      id: 'shared/settings',
      path: 'config/server.toml',
      source: {
        kind: 'template',
        template: 'shared/server.toml.hbs',
        view: {
          name,
          hasLogThread: hasLogThread(spec),
          hasCrew: crew !== null,
          crew: { story: crew?.story ?? [], auto: crew?.auto ?? null },
          ...poolSettings(spec),
          protocols: protocolsOf(spec),
          workers: workers === 'auto' ? '"auto"' : (workers ?? null),
        },
      },
      mode: 0o644,
      owner: 'merged',
      because: [...new Set(['add protocol', ...kCrewKeys, ...kPoolKeys, 'name'])].sort(),
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

/** Only C++ forks, and what is to fork has no thread before it does. */
function hasLogThread(spec: Spec): boolean {
  return answerOf(spec, 'language') !== 'cpp' || answerOf(spec, 'workers.kind') === 'thread';
}
