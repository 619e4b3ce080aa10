/** What a project has in either language: its settings. */

import type { Contributed } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { schemaOf, settingsFileView } from './settings/settings-file.ts';

/** `config/server.toml` and its schema. */
export function sharedFiles(
  spec: Spec,
  { settings: { items: settings, because } }: Contributed,
): readonly FileIntent[] {
  const name = String(answerOf(spec, 'name'));
  const reasons = ['name', ...because].sort();
  return [
    {
      id: 'shared/settings',
      path: 'config/server.toml',
      source: {
        kind: 'template',
        template: 'shared/server.toml.hbs',
        view: settingsFileView(name, settings),
      },
      mode: 0o644,
      owner: 'merged',
      because: reasons,
    },
    {
      id: 'shared/settings-schema',
      path: 'config/server.schema.json',
      source: { kind: 'json', value: schemaOf(name, settings) },
      mode: 0o644,
      owner: 'generated',
      because: reasons,
    },
  ];
}
