import { expect, test } from 'vitest';
import { generators } from '../../../generators/index.ts';
import { packagedAssets } from '../../disk/package.ts';
import { assemble } from '../../plan/assemble.ts';
import { parse } from '../../project.ts';
import { readDocument } from '../document/read-document.ts';
import { compilePack } from './compile-pack.ts';

const assets = packagedAssets();

async function packWith(key: string) {
  const setting = {
    key,
    group: 'Sizes',
    takes: { kind: 'number', unit: 'bytes', min: 0, max: 9, default: 'auto', auto: 'as many' },
    help: 'Longer greetings are cut',
    when: { language: ['cpp'] },
  };
  const read = await readDocument(
    JSON.stringify({ name: 'ours', version: '1.0.0', settings: [setting] }),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return compilePack(read.document, assets, { questions: [], additions: [] });
}

async function schemaOf(language: string, key: string): Promise<object> {
  const parsed = parse({ name: 'my-server', language });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const plan = assemble([...generators, await packWith(key)], parsed.spec, assets);
  const schema = plan.find(({ path }) => path === 'config/server.schema.json');
  return schema?.source.kind === 'json' ? schema.source.value : {};
}

test("a pack's setting is among those of the server, where its condition holds", async () => {
  const property = {
    description: 'Longer greetings are cut; auto: as many',
    default: 'auto',
    anyOf: [{ const: 'auto' }, { type: 'integer', minimum: 0, maximum: 9 }],
  };
  expect(await schemaOf('cpp', 'greeting-limit')).toMatchObject({
    properties: { 'greeting-limit': property },
  });
  expect(await schemaOf('typescript', 'greeting-limit')).not.toMatchObject({
    properties: { 'greeting-limit': expect.anything() },
  });
});

test('a setting that is there already is refused, and both contributors are named', async () => {
  await expect(schemaOf('cpp', 'backlog')).rejects.toThrow(
    '"http" and "ours" both contribute the setting "backlog"',
  );
});
