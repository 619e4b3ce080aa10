import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kFastFolder } from '../../src/disk/testing.ts';
import { apply, parse, preview } from '../../src/project.ts';
import { migrate } from '../../src/spec/parse/migrate.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { sha256 } from '../../src/tree/hash.ts';
import { textOfBase } from '../../src/tree/manifest.ts';

let world = '';
beforeEach(async () => {
  world = await mkdtemp(join(kFastFolder, 'project-'));
});
afterEach(() => rm(world, { recursive: true, force: true }));

function spec(): Spec {
  const parsed = parse({ name: 'my-srv', language: 'cpp' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.spec;
}

test('a preview touches nothing', async () => {
  const { changes } = await preview(spec(), join(world, 'my-srv'));
  expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['create']));
  expect(await readdir(world)).toEqual([]);
});

test('what is previewed is written, byte by byte', async () => {
  const previewed = await preview(spec(), join(world, 'my-srv'));
  await apply(previewed);
  for (const { path, text, bytes } of previewed.changes) {
    const written = await readFile(join(world, 'my-srv', path));
    expect([path, written.toString()]).toEqual([path, text]);
    expect(written).toHaveLength(bytes);
  }
});

test('the wish is written to hpserver.json, and is the same wish again', async () => {
  await apply(await preview(spec(), join(world, 'my-srv')));
  const text = await readFile(join(world, 'my-srv/hpserver.json'), 'utf8');
  const document: unknown = JSON.parse(text);
  expect(document).toMatchObject({ version: 2, values: spec().values });
  expect(migrate(document).answers).toEqual(spec().values);
});

test('the state names every file with its template, owner, mode, hash and base', async () => {
  const directory = join(world, 'my-srv');
  const previewed = await preview(spec(), directory);
  await apply(previewed);
  const state = JSON.parse(await readFile(join(directory, '.hpserver/state.json'), 'utf8')) as {
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  };
  expect(state.files.map(({ path }) => path)).toEqual(previewed.changes.map(({ path }) => path));
  for (const { path, sha256: hash } of state.files) {
    const text = await readFile(join(directory, path), 'utf8');
    expect(sha256(text)).toBe(hash);
    const base = await readFile(join(directory, '.hpserver/base', hash), 'utf8');
    expect(textOfBase(hash, base)).toBe(text);
  }
});

test('two runs write the same bytes', async () => {
  const written: Record<string, string>[] = [];
  for (const run of ['one', 'two']) {
    const directory = join(world, run);
    await apply(await preview(spec(), directory));
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    const texts: Record<string, string> = {};
    for (const file of files.filter((entry) => entry.isFile())) {
      const path = join(file.parentPath, file.name);
      texts[path.slice(directory.length)] = await readFile(path, 'utf8');
    }
    written.push(texts);
  }
  expect(written[0]).toEqual(written[1]);
});

test('an occupied directory is shown in the preview, and never written to', async () => {
  const directory = join(world, 'my-srv');
  await mkdir(directory);
  await writeFile(join(directory, '.gitignore'), 'mine\n');
  const previewed = await preview(spec(), directory);
  const conflicts = previewed.changes.filter(({ action }) => action === 'conflict');
  expect(conflicts.map(({ path }) => path)).toEqual(['.gitignore']);
  await expect(apply(previewed)).rejects.toMatchObject({ exitCode: 3 });
  expect(await readdir(directory)).toEqual(['.gitignore']);
  expect(await readFile(join(directory, '.gitignore'), 'utf8')).toBe('mine\n');
});
