/** Writes `schemas/`, which editors use to complete `hpserver.json` and `hppack.json`. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packJsonSchema } from '../src/pack/document/schema.ts';
import { catalog } from '../src/project.ts';
import { wishSchema } from '../src/spec/wish-schema.ts';

const folder = fileURLToPath(new URL('../schemas/', import.meta.url));

mkdirSync(folder, { recursive: true });
for (const [name, schema] of [
  ['hpserver', wishSchema(catalog)],
  ['hppack', packJsonSchema()],
] as const) {
  writeFileSync(`${folder}${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
}
