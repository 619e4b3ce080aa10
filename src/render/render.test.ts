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

test('a part is a text inside another template, without its last line break', async () => {
  const texts: Readonly<Record<string, string>> = {
    'templates/page.hbs': 'Usage of {{name}}:\n{{parts.usage}}\nThe end.\n',
    'templates/usage.hbs': '{{#each flags}}\n--{{this}}\n{{/each}}\n',
  };
  const assets = { read: (path: string) => texts[path] ?? '', list: () => Object.keys(texts) };
  const usage = { template: 'usage.hbs', view: { flags: ['help', 'version'] } };
  const page: FileIntent = {
    ...{ id: 'page', path: 'page', mode: 0o644, owner: 'merged', because: [] },
    source: { kind: 'template', template: 'page.hbs', view: { name: 'it' }, parts: { usage } },
  };
  const [rendered] = await render([page], assets);
  expect(rendered?.text).toBe('Usage of it:\n--help\n--version\nThe end.\n');
});
