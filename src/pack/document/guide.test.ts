/** The guide's samples are valid pack documents. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

const guide = readFileSync(
  fileURLToPath(new URL('../../../docs/guide/writing-a-pack.md', import.meta.url)),
  'utf8',
);
const samples = [...guide.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

test('the guide has samples', () => {
  expect(samples.length).toBeGreaterThan(1);
});

test.each(samples)('%s', async (text) => {
  const document = { name: 'ours', version: '1.0.0', ...JSON.parse(text) };
  expect(await readDocument(JSON.stringify(document))).toMatchObject({ ok: true });
});
