import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPacks } from '../load/load-packs.ts';
import { refusal, smallWorld } from '../testing.ts';
import { openSource } from './open-source.ts';
import { textOf } from './pack-folder.ts';

const world = smallWorld();

/** A registry of npm with the versions of one package, and how often each path was asked for. */
const tarballs = new Map<string, Buffer>();
const asked: string[] = [];
let server: Server;

beforeAll(async () => {
  for (const version of ['1.0.0', '1.1.0']) tarballs.set(version, packed(version));
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const version = /^\/our-pack\/-\/(.*)\.tgz$/.exec(path)?.[1] ?? '';
    const tarball = tarballs.get(version);
    if (tarball !== undefined) response.end(tarball);
    else if (path === '/our-pack') response.end(JSON.stringify(packument()));
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.folder('.', {
    '.npmrc': `registry=${origin()}/\ncache=${join(world.root, 'npm')}\nfetch-retries=0\n`,
    'package.json': { name: 'here', version: '1.0.0' },
  });
});
afterAll(() => server.close());

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function packed(version: string): Buffer {
  const folder = world.folder(`our-pack-${version}`, {
    'package.json': { name: 'our-pack', version, scripts: { prepack: 'exit 1' } },
    'hppack.json': { name: 'ours', version },
  });
  const into = ['--ignore-scripts', '--pack-destination', world.root];
  execFileSync('npm', ['pack', ...into], { cwd: folder, stdio: 'ignore' });
  return readFileSync(join(world.root, `our-pack-${version}.tgz`));
}

function packument(): object {
  const versions = [...tarballs].map(([version, bytes]) => {
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `${origin()}/our-pack/-/${version}.tgz`, integrity };
    return [version, { name: 'our-pack', version, dist }];
  });
  const tags = { latest: '1.1.0' };
  return { name: 'our-pack', 'dist-tags': tags, versions: Object.fromEntries(versions) };
}

async function versionOf(source: string, version?: string): Promise<string> {
  const known = version === undefined ? {} : { version };
  const folder = await openSource(source, { ...world.options(), ...known });
  return (JSON.parse(textOf(folder, 'hppack.json') ?? '') as { version: string }).version;
}

test('a package of npm is the newest one in its range, or the version that was used', async () => {
  expect(await versionOf('our-pack')).toBe('1.1.0');
  expect(await versionOf('our-pack@^1')).toBe('1.1.0');
  expect(await versionOf('our-pack@^1', '1.0.0')).toBe('1.0.0');
});

test('a version that is kept is not asked for again', async () => {
  await versionOf('our-pack@1.0.0');
  const before = asked.length;
  expect(await versionOf('our-pack@^1', '1.0.0')).toBe('1.0.0');
  expect(asked).toHaveLength(before);
});

test('npm says itself what is missing', async () => {
  expect(await refusal(versionOf('no-such-pack'))).toMatch(
    /^1: npm cannot bring no-such-pack: .*404/,
  );
});

test('a source that is named again is the newest one, in the place of what was known', async () => {
  world.folder('mine', { 'hppack.json': { name: 'mine', version: '1.0.0' } });
  const known = [
    { source: 'our-pack@^1', name: 'ours', version: '1.0.0' },
    { source: './mine', name: 'mine', version: '1.0.0' },
  ];
  const options = world.options();
  const kept = await loadPacks(known, options);
  expect(kept.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'ours 1.0.0',
    'mine 1.0.0',
  ]);
  const [upgraded, mine] = await loadPacks([...known, { source: 'our-pack' }], options);
  expect(upgraded?.reference).toEqual({ source: 'our-pack', name: 'ours', version: '1.1.0' });
  expect(mine?.name).toBe('mine');
});

test('what a new source takes the place of does not have to be there', async () => {
  world.folder('moved', { 'hppack.json': { name: 'ours', version: '2.0.0' } });
  const known = { source: './gone', name: 'ours', version: '1.0.0' };
  const packs = await loadPacks([known, { source: './moved' }], world.options());
  expect(packs.map(({ version }) => version)).toEqual(['2.0.0']);
});
