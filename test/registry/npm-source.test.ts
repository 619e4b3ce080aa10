/** Packs from npm: a registry on this machine, and npm itself. */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPacks } from '../../src/pack/load/load-packs.ts';
import { openChain } from '../../src/pack/load/open-pack.ts';
import { cacheFolder } from '../../src/pack/source/cache.ts';
import { openSource, type Pin } from '../../src/pack/source/open-source.ts';
import { textOf } from '../../src/pack/source/pack-folder.ts';
import { refusal, smallWorld } from '../../src/pack/testing.ts';

const world = smallWorld();

/** An npm registry: tarballs by `NAME@VERSION`, and the paths that were requested. */
const tarballs = new Map<string, Buffer>();
const asked: string[] = [];
let server: Server;

/** As in the user's own settings: the project has none. */
const env = {
  ...world.options().env,
  npm_config_userconfig: join(world.root, 'user.npmrc'),
  HP_SECRET: 'tok123',
};
const options = world.options({ env });

beforeAll(async () => {
  await publish('our-pack', '1.0.0', { name: 'ours', version: '1.0.0' });
  await publish('our-pack', '1.1.0', { name: 'ours', version: '1.1.0' });
  await publish('@corp/base-pack', '1.0.0', { name: 'base', version: '1.0.0' });
  const child = { name: 'child', version: '1.0.0', extends: '@corp/base-pack' };
  await publish('@corp/child', '1.0.0', child);
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    const [, name = '', version = ''] = /^\/(.*)\/-\/(.*)\.tgz$/.exec(path) ?? [];
    const tarball = tarballs.get(`${name}@${version}`);
    if (tarball !== undefined) response.end(tarball);
    else if (versionsOf(path.slice(1)).length > 0) response.end(packument(path.slice(1)));
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  settle(`registry=${origin()}/\n`);
  world.folder('.', { 'package.json': { name: 'here', version: '1.0.0' } });
});
afterAll(() => server.close());

/** The user's npm settings. */
function settle(text: string): void {
  const own = `cache=${join(world.root, 'npm')}\nfetch-retries=0\n`;
  writeFileSync(join(world.root, 'user.npmrc'), own + text);
}

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function publish(name: string, version: string, document: object): Promise<void> {
  const place = `published-${tarballs.size}`;
  const cwd = world.folder(place, {
    'package/package.json': { name, version, scripts: { prepack: 'exit 1' } },
    'package/hppack.json': document,
  });
  const file = `${cwd}.tgz`;
  await create({ cwd, file, gzip: true, portable: true }, ['package']);
  tarballs.set(`${name}@${version}`, readFileSync(file));
}

function versionsOf(name: string): readonly string[] {
  const keys = [...tarballs.keys()].filter((key) => key.startsWith(`${name}@`));
  return keys.map((key) => key.slice(name.length + 1));
}

function packument(name: string): string {
  const versions = versionsOf(name).map((version) => {
    const bytes = tarballs.get(`${name}@${version}`) ?? '';
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `${origin()}/${name}/-/${version}.tgz`, integrity };
    return [version, { name, version, dist }] as const;
  });
  const tags = { latest: versionsOf(name).at(-1) };
  return JSON.stringify({ name, 'dist-tags': tags, versions: Object.fromEntries(versions) });
}

async function versionOf(source: string, pin: Pin = {}): Promise<string> {
  const folder = await openSource(source, { ...options, pin });
  return (JSON.parse(textOf(folder, 'hppack.json') ?? '') as { version: string }).version;
}

function forget(): void {
  rmSync(cacheFolder(env), { recursive: true, force: true });
}

test('a package of npm is the newest one in its range, or the version that was used', async () => {
  expect(await versionOf('our-pack')).toBe('1.1.0');
  expect(await versionOf('our-pack@^1')).toBe('1.1.0');
  expect(await versionOf('our-pack@^1', { version: '1.0.0' })).toBe('1.0.0');
});

test('a version that is kept is not asked for again', async () => {
  await versionOf('our-pack@1.0.0');
  const before = asked.length;
  expect(await versionOf('our-pack@^1', { version: '1.0.0' })).toBe('1.0.0');
  expect(asked).toHaveLength(before);
});

test('npm says itself what is missing', async () => {
  expect(await refusal(versionOf('no-such-pack'))).toMatch(
    /^1: npm cannot fetch no-such-pack: .*404/,
  );
});

test('a source that is named again is the newest one, in the place of what was known', async () => {
  world.folder('mine', { 'hppack.json': { name: 'mine', version: '1.0.0' } });
  const known = [
    { source: 'our-pack@^1', name: 'ours', version: '1.0.0' },
    { source: './mine', name: 'mine', version: '1.0.0' },
  ];
  const kept = await loadPacks(known, options);
  expect(kept.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'ours 1.0.0',
    'mine 1.0.0',
  ]);
  const [upgraded, mine] = await loadPacks([...known, { source: 'our-pack' }], options);
  const { hash } = await openSource('our-pack@1.1.0', options);
  const reference = { source: 'our-pack', name: 'ours', version: '1.1.0', sha256: hash };
  expect(upgraded?.reference).toEqual(reference);
  expect(mine?.reference).toEqual({ source: './mine', name: 'mine', version: '1.0.0' });
});

test('what a new source takes the place of does not have to be there', async () => {
  world.folder('moved', { 'hppack.json': { name: 'ours', version: '2.0.0' } });
  const known = { source: './gone', name: 'ours', version: '1.0.0' };
  const packs = await loadPacks([known, { source: './moved' }], options);
  expect(packs.map(({ version }) => version)).toEqual(['2.0.0']);
});

describe('a look', () => {
  const look = { ...options, isLook: true };

  test('fetches nothing, and says what would (P17)', async () => {
    forget();
    const before = asked.length;
    const said = await openSource('our-pack@^1', { ...look, pin: { version: '1.0.0' } }).catch(
      (thrown) => thrown.issues[0],
    );
    expect(said).toMatchObject({
      message: expect.stringContaining('our-pack@1.0.0 is not on this machine'),
      fix: expect.stringContaining('create-hpserver pack explain our-pack@1.0.0'),
    });
    expect(asked).toHaveLength(before);
    expect(existsSync(cacheFolder(env))).toBe(false);
  });

  test('has what was fetched before, by its version or by its bytes', async () => {
    const [upgraded] = await loadPacks([{ source: 'our-pack@^1' }], options);
    const { version = '', sha256 = '' } = upgraded?.reference ?? {};
    const before = asked.length;
    await openSource('our-pack@^1', look);
    await openSource('our-pack@^1', { ...look, pin: { version, sha256 } });
    expect(asked).toHaveLength(before);
  });
});

describe('the .npmrc of a project', () => {
  test('sends no secret anywhere (P18), and is told of', async () => {
    forget();
    const before = asked.length;
    writeFileSync(join(world.root, '.npmrc'), `registry=${origin()}/\${HP_SECRET}/\n`);
    const said = await refusal(versionOf('our-pack@1.0.0'));
    expect(said).toMatch(/^1: .*the \.npmrc in .* sets registry, which is ignored for safety/);
    expect(asked).toHaveLength(before);
  });

  test('names no program that runs (P17)', async () => {
    forget();
    const program = join(world.root, 't.sh');
    writeFileSync(program, `#!/bin/sh\ntouch ${join(world.root, 'pwned')}\nexit 1\n`);
    chmodSync(program, 0o755);
    writeFileSync(join(world.root, '.npmrc'), `git=${program}\nscript-shell=${program}\n`);
    expect(await versionOf('our-pack@1.0.0')).toBe('1.0.0');
    expect(existsSync(join(world.root, 'pwned'))).toBe(false);
  });

  test('that says what the user says is no matter', async () => {
    forget();
    writeFileSync(join(world.root, '.npmrc'), `registry = "${origin()}"\n`);
    expect(await versionOf('our-pack@1.0.0')).toBe('1.0.0');
    rmSync(join(world.root, '.npmrc'));
  });

  test('of a folder above where packs are kept counts as little', async () => {
    forget();
    const above = join(world.root, 'cache');
    world.folder('cache', {
      'package.json': { workspaces: ['**'] },
      '.npmrc': 'registry=http://[::1]:1/\n',
    });
    expect(await versionOf('our-pack@1.0.0')).toBe('1.0.0');
    for (const name of ['package.json', '.npmrc']) rmSync(join(above, name));
  });
});

test.each([
  ['our-pack@..'],
  ['our-pack@.hidden'],
  ['our-pack@x.tgz'],
  ['our-pack@user/repository'],
  ['our-pack@git+https://127.0.0.1:1/x.git'],
  ['our-pack@http://127.0.0.1:1/x.tgz'],
  ['our-pack@npm:other'],
  ['our-pack@1.0.0.tar'],
])('%s is no package of a registry (P17)', async (source) => {
  const before = asked.length;
  expect(await refusal(openSource(source, options))).toMatch(/^2: /);
  expect(asked).toHaveLength(before);
});

describe('a parent', () => {
  const known = { source: '@corp/child', name: 'child', version: '1.0.0' };

  test('of a scope that the user has bound to no registry is not asked for (P28)', async () => {
    forget();
    world.folder('corp', {
      'hppack.json': { name: 'c', version: '1.0.0', extends: '@corp/base-pack' },
    });
    const before = asked.length;
    const said = await refusal(openChain('./corp', options));
    expect(said).toMatch(/^1: @corp\/base-pack, which \.\/corp extends, was not fetched/);
    expect(asked).toHaveLength(before);
    settle(`registry=http://127.0.0.1:1/\n@corp:registry=${origin()}/\n`);
    expect(await openChain('./corp', options)).toHaveLength(2);
    settle(`registry=${origin()}/\n`);
  });

  test('comes from where its child of the same scope comes from, and is pinned (P28)', async () => {
    const [pack] = await loadPacks([{ source: '@corp/child' }], options);
    const parent = await openSource('@corp/base-pack', options);
    expect(pack?.reference).toMatchObject({
      ...known,
      parents: [{ source: '@corp/base-pack', version: '1.0.0', sha256: parent.hash }],
    });
    const reference = pack?.reference ?? known;
    await publish('@corp/base-pack', '1.0.1', { name: 'base', version: '1.0.1' });
    const [again] = await loadPacks([reference], options);
    expect(again?.reference).toEqual(reference);
    const [renewed] = await loadPacks([reference, { source: '@corp/child' }], options);
    expect(renewed?.reference?.parents?.[0]).toMatchObject({ version: '1.0.1' });
  });

  test('that was replaced under its version is refused (P28)', async () => {
    forget();
    const parents = [{ source: '@corp/base-pack', version: '1.0.0', sha256: '0'.repeat(64) }];
    const said = await refusal(loadPacks([{ ...known, parents }], options));
    expect(said).toMatch(/^1: the pack @corp\/base-pack has changed since/);
  });
});
