/**
 * A plopfile in the whole flow: what it adds is part of the configuration, and is regenerated each
 * time.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Engine, engineOf, type Preview } from '../../src/project.ts';
import { emptyFolder, fixture, packIn } from './packs.ts';

const kAnswers = { name: 'demo', language: 'typescript' };

async function previewOf(
  engine: Engine,
  directory: string,
  additions: readonly Record<string, unknown>[],
): Promise<Preview> {
  const parsed = engine.parse(kAnswers, { additions, packs: [], owners: {} });
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'));
  return await engine.preview(parsed.spec, directory);
}

function changed({ changes }: Preview): readonly string[] {
  return changes
    .filter(({ action }) => action !== 'unchanged')
    .map(({ action, path }) => `${action} ${path}`);
}

test('a generator whose name is taken is called by its pack too', async () => {
  const pack = await packIn(fixture('routes'), { taken: ['route'] });
  expect(pack.generators[0]?.additions).toMatchObject([{ kind: 'routes:route' }]);
});

test('additions of a plopfile are made again by every update, over what the user wrote', async () => {
  const directory = join(emptyFolder(), 'demo');
  const taken = engineOf([]).catalog.additions.map(({ kind }) => kind);
  const engine = engineOf([await packIn(fixture('routes'), { taken })]);
  await engine.apply(await previewOf(engine, directory, []));

  const users = { kind: 'routes:route', name: 'users' };
  const first = await previewOf(engine, directory, [users]);
  expect(changed(first)).toEqual([
    'update README.md',
    'update hpserver.json',
    'update package.json',
    'create src/handlers/users.ts',
    'update src/routes.ts',
  ]);
  await engine.apply(first);
  expect(changed(await previewOf(engine, directory, [users]))).toEqual([]);

  const handler = join(directory, 'src/handlers/users.ts');
  const mine = readFileSync(handler, 'utf8').replace("'users'", "'mine'");
  writeFileSync(handler, mine);
  const orders = { kind: 'routes:route', name: 'orders', method: 'post' };
  await engine.apply(await previewOf(engine, directory, [users, orders]));
  expect(readFileSync(handler, 'utf8')).toBe(mine);
  const routes = readFileSync(join(directory, 'src/routes.ts'), 'utf8');
  expect(routes).toContain(".get('/users', users)");
  expect(routes).toContain(".post('/orders', orders);");
  expect(changed(await previewOf(engine, directory, [users, orders]))).toEqual([
    'keep src/handlers/users.ts',
  ]);
});
