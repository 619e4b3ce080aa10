import { expect, test } from 'vitest';
import type { FileIntent } from '../plan/generator.ts';
import { render } from './render.ts';

const kAssets = { read: (path: string) => `text of ${path}`, list: () => [] };

test('a text keeps all that was planned for it', async () => {
  const planned = {
    id: 'x/list',
    path: 'list',
    mode: 0o755,
    owner: 'generated',
    because: ['name'],
    registrations: [{ kind: 'lines', after: '^a$', before: '^b$' }],
  } as const;
  const intent: FileIntent = { ...planned, source: { kind: 'copy', from: 'native-core/list' } };
  expect(await render([intent], kAssets)).toEqual([
    { ...planned, text: 'text of native-core/list' },
  ]);
});
