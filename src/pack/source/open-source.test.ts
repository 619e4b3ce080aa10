import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { describe, expect, test } from 'vitest';
import { refusal, smallWorld } from '../testing.ts';
import { openSource } from './open-source.ts';
import { kMaxFileBytes, textOf } from './pack-folder.ts';
import { rebaseSource } from './path-source.ts';

const world = smallWorld();

function open(source: string) {
  return openSource(source, world.options());
}

interface Entry {
  readonly path: string;
  readonly type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice';
  readonly bytes?: Buffer;
}

/** A tarball no honest program writes. */
function tarball(name: string, entries: readonly Entry[]): string {
  const blocks = entries.flatMap(({ path, type = 'File', bytes = Buffer.alloc(0) }) => {
    const linkpath = type.endsWith('Link') ? '/etc/passwd' : '';
    const header = new Header({ path, type, mode: 0o644, size: bytes.length, linkpath });
    header.encode();
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
    return [header.block ?? Buffer.alloc(512), bytes, padding];
  });
  const file = join(world.root, `${name}.tgz`);
  writeFileSync(file, gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])));
  return file;
}

const large = Buffer.alloc(kMaxFileBytes, 'x');

describe('a tarball is refused, with its reason, where', () => {
  test.each<[string, readonly Entry[], RegExp]>([
    ['a path is absolute', [{ path: '/etc/cron.d/x' }], /"\/etc\/cron\.d\/x" is absolute/],
    ['a path goes up', [{ path: 'package/../../x' }], /is not normal/],
    ['it holds a symbolic link', [{ path: 'a', type: 'SymbolicLink' }], /a is a symbolic link/],
    ['it holds a hard link', [{ path: 'a', type: 'Link' }], /a is a hard link/],
    ['it holds a device', [{ path: 'a', type: 'CharacterDevice' }], /a is a CharacterDevice/],
    ['a file enters .git', [{ path: 'package/.git/hooks/pre-commit' }], /is inside \.git/],
    ['it spells .git otherwise', [{ path: 'package/.GIT/config' }], /is inside \.git/],
    ['NTFS takes a name for .git', [{ path: 'package/git~1/config' }], /is inside \.git/],
    ['two files differ in case', [{ path: 'p/A' }, { path: 'p/a' }], /A and a differ only in case/],
    ['a file is a device of Windows', [{ path: 'p/aux.txt' }], /names a device/],
    [
      'a file is too large',
      [{ path: 'p/a', bytes: Buffer.alloc(kMaxFileBytes + 1) }],
      /a is larger/,
    ],
    [
      'all of it is too large',
      Array.from({ length: 17 }, (_, at) => ({ path: `p/${at}`, bytes: large })),
      /unpacks to more than 16777216 bytes/,
    ],
    [
      'it has too many files',
      Array.from({ length: 2_001 }, (_, at) => ({ path: `p/${at}` })),
      /more than 2000 entries/,
    ],
  ])('%s', async (name, entries, reason) => {
    const said = await refusal(open(tarball(name.replaceAll(/\W/g, '-'), entries)));
    expect(said).toMatch(/^2: the pack .* is refused: /);
    expect(said).toMatch(reason);
  });

  test('it is none', async () => {
    writeFileSync(join(world.root, 'none.tgz'), 'no tarball');
    expect(await refusal(open('./none.tgz'))).toMatch(/^2: cannot read .* as a tarball/);
    expect(await refusal(open('./gone.tgz'))).toMatch(/^2: there is no file/);
  });
});

describe('a folder is refused, with its reason, where', () => {
  test('it holds a symbolic link', async () => {
    const folder = world.folder('linked', { a: 'a' });
    symlinkSync('/etc/passwd', join(folder, 'b'));
    expect(await refusal(open('./linked'))).toMatch(/b is a symbolic link: packs are plain files/);
  });

  test('a folder of it is a git repository', async () => {
    world.folder('nested', { 'templates/.git/hooks/post-checkout': 'x' });
    expect(await refusal(open('./nested'))).toMatch(/is inside \.git/);
  });

  test('it is not there', async () => {
    expect(await refusal(open('./nowhere'))).toMatch(/^2: there is no folder/);
  });
});

describe('a folder', () => {
  test('has a hash of names, modes and bytes, and none of its history', async () => {
    const folder = world.folder('hashed', { a: 'a', '.git/HEAD': 'x', 'node_modules/x/y': 'z' });
    const before = await open('./hashed');
    expect([...before.files.keys()]).toEqual(['a']);
    chmodSync(join(folder, 'a'), 0o755);
    const after = await open(folder);
    expect(after.hash).not.toBe(before.hash);
    expect(after.files.get('a')?.mode).toBe(0o755);
  });

  test('may hold other bytes, which are no text', async () => {
    const folder = world.folder('bytes', {});
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'picture.png'), Buffer.from([0x89, 0xff]));
    const read = await open('./bytes');
    expect(() => textOf(read, 'picture.png')).toThrow(/not UTF-8 text/);
  });
});

test('what "npm pack" makes is read without its folder, and kept by its hash', async () => {
  const folder = world.folder('packed', {
    'package.json': { name: 'our-pack', version: '1.0.0' },
    'hppack.json': { name: 'ours', version: '1.0.0' },
    'templates/a.txt': 'a\n',
  });
  execFileSync('npm', ['pack', '--pack-destination', world.root], { cwd: folder, stdio: 'ignore' });
  const read = await open('./our-pack-1.0.0.tgz');
  expect([...read.files.keys()]).toEqual(['hppack.json', 'package.json', 'templates/a.txt']);
  expect(read.root).toBe(join(world.root, 'cache/create-hpserver/packs/content', read.hash));
  expect((await openSource(read.root, world.options())).hash).toBe(read.hash);
});

test('what "tar czf x.tgz ." makes is taken (P37)', async () => {
  const folder = world.folder('dotted', { 'hppack.json': '{}', 'templates/a.txt': 'a\n' });
  execFileSync('tar', ['czf', join(world.root, 'dotted.tgz'), '.'], { cwd: folder });
  const read = await open('./dotted.tgz');
  expect([...read.files.keys()]).toEqual(['hppack.json', 'templates/a.txt']);
});

test('runs that keep one pack at the same moment do not meet (P36)', async () => {
  world.folder('raced', { 'hppack.json': '{}', 'templates/a.txt': 'a\n' });
  const packed = ['czf', join(world.root, 'raced.tgz'), '-C', join(world.root, 'raced'), '.'];
  execFileSync('tar', packed);
  const many = await Promise.all(Array.from({ length: 24 }, () => open('./raced.tgz')));
  expect(new Set(many.map(({ hash }) => hash)).size).toBe(1);
  expect((await openSource(many[0]?.root ?? '', world.options())).hash).toBe(many[0]?.hash);
});

describe('a git source', () => {
  const repository = world.folder('repository', { 'hppack.json': '{}', 'templates/a.txt': 'a\n' });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@example.org', ...args], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'one');
  const commit = git('rev-parse', 'HEAD');

  test('is that commit, whatever came later, and fetched once', async () => {
    writeFileSync(join(repository, 'templates/a.txt'), 'b\n');
    git('commit', '--quiet', '--all', '--message', 'two');
    const source = `git+file://${repository}#${commit}`;
    const read = await open(source);
    expect(textOf(read, 'templates/a.txt')).toBe('a\n');
    git('checkout', '--quiet', '--detach');
    execFileSync('mv', [join(repository, '.git'), join(repository, '.git-away')]);
    expect((await open(source)).hash).toBe(read.hash);
    execFileSync('mv', [join(repository, '.git-away'), join(repository, '.git')]);
    const left = readdirSync(join(world.root, 'cache/create-hpserver/packs'));
    expect(left.filter((entry) => entry.startsWith('fetch-'))).toEqual([]);
  });

  test('says what git says of a commit that is not there', async () => {
    const source = `git+file://${repository}#${'0'.repeat(40)}`;
    expect(await refusal(open(source))).toMatch(/^1: git cannot fetch/);
  });
});

test.each([
  ['git+https://example.org/x.git', /must name a commit/],
  ['git+https://example.org/x.git#main', /must name a commit/],
  [`git+http://example.org/x.git#${'a'.repeat(40)}`, /cannot be fetched from "http:/],
  [`git+ext::sh#${'a'.repeat(40)}`, /cannot be fetched from "ext::sh"/],
  [`git+ssh://-oProxyCommand=x/y#${'a'.repeat(40)}`, /cannot be fetched from "ssh:/],
  ['--registry=https://example.org', /is not the source of a pack/],
  ['a name', /is not the source of a pack/],
  ['name@file:../x', /is not the source of a pack/],
  ['packs/ours', /is not the source of a pack/],
])('%s is refused', async (source, reason) => {
  expect(await refusal(open(source))).toMatch(reason);
});

test.each([
  ['./ours', '../ours'],
  ['../ours', '../../ours'],
  ['./server/packs/ours', './packs/ours'],
  ['./x.tgz', '../x.tgz'],
  ['/home/ours', '/home/ours'],
  ['npm-name@^1', 'npm-name@^1'],
])('%s is %s to the project', (source, rebased) => {
  expect(rebaseSource(source, '/here', '/here/server')).toBe(rebased);
});
