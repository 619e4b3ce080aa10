/** The C code that comes with a protocol is exactly what its grammar compiles to. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import { parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import { kProtocols } from './some-additions.ts';

const kModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

test.each([
  ['cpp', 'src/protocols/'],
  ['typescript', 'native/addon/protocols/'],
])('a grammar and its machine are of one make: %s', async (language, place) => {
  const parsed = parse({ name: 'shop', language });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const assets = packagedAssets();
  const plan = assemble(generators, { ...parsed.spec, additions: kProtocols }, assets);
  const tree = await render(plan, assets);
  const folder = mkdtempSync(join(tmpdir(), 'grammar-'));
  const isOurs = (path: string): boolean => path.startsWith('fsm/') || path.startsWith(place);
  for (const { path, text } of tree.filter(({ path }) => isOurs(path))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const machines = tree.filter(
    ({ owner, path }) => owner === 'generated' && path.startsWith(place),
  );
  for (const { path } of machines) rmSync(join(folder, path));
  symlinkSync(kModules, join(folder, 'fsm/node_modules'));
  execFileSync(join(kModules, '.bin/tsx'), ['build.ts'], { cwd: join(folder, 'fsm') });
  expect(machines).toHaveLength(2 * kProtocols.length);
  for (const { path, text } of machines) {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  }
  rmSync(folder, { recursive: true });
});
