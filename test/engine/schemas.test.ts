/** The published schemas match the code: `npx tsx scripts/schemas.ts` rewrites them. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { packJsonSchema } from '../../src/pack/document/schema.ts';
import { catalog, parse } from '../../src/project.ts';
import { documentOf } from '../../src/spec/parse/migrate.ts';
import { wishSchema } from '../../src/spec/wish-schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function read(path: string): unknown {
  return JSON.parse(readFileSync(`${root}/${path}`, 'utf8'));
}

test.each([
  ['schemas/hpserver.schema.json', wishSchema(catalog)],
  ['schemas/hppack.schema.json', packJsonSchema()],
])('%s is up to date', (path, schema) => {
  expect(read(path)).toEqual(JSON.parse(JSON.stringify(schema)));
});

describe('the schema of hpserver.json', () => {
  const validate = new Ajv2020({ strict: false }).compile(wishSchema(catalog));

  test('takes every wish that the flow writes', () => {
    for (const { values, status } of catalog.architectures()) {
      if (status === 'refused') continue;
      const parsed = parse({ name: 'demo', ...values });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
      expect(validate(documentOf(parsed.spec)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test.each([
    ['a choice that there is not', { values: { 'io.model': 'kqueue' } }],
    ['a name that cannot be', { values: { name: 'No!' } }],
    ['an unknown key', { values: {}, valeus: {} }],
    ['an addition without its name', { values: {}, additions: [{ kind: 'route' }] }],
    ['an owner that there is not', { values: {}, owners: { 'src/*': 'nobody' } }],
  ])('refuses %s', (_, document) => {
    expect(validate({ version: 2, ...document })).toBe(false);
  });

  test('lets through what packs bring', () => {
    const document = {
      version: 2,
      values: { 'metrics.path': '/metrics' },
      additions: [{ kind: 'alert', name: 'memory' }],
      packs: [{ source: './ours', name: 'ours', version: '1.0.0' }],
    };
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });
});

test('the example is a pack by the schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(packJsonSchema());
  const document = read('examples/pack-observability/hppack.json');
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
});
