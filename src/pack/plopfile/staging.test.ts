import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../error.ts';
import type { TreeFile } from '../../tree/tree.ts';
import { readTree, writeTree } from './staging.ts';

const kAuthor = { because: 'add part', prefix: 'plop:ours', plopfile: 'plopfile.js' };
const kReadme = file('README.md', '# demo\r\n\ttab');
const kScript = { ...file('bin/run', '\ufeff#!/bin/sh\n'), mode: 0o755 } as const;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpserver-staging-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(path: string, text: string): TreeFile {
  return { id: `x/${path}`, path, text, mode: 0o644, owner: 'user', because: ['language'] };
}

test('a tree that nobody touches comes back as it was, the byte order mark too', async () => {
  await writeTree([kReadme, kScript], folder);
  expect(statSync(join(folder, 'bin/run')).mode & 0o777).toBe(0o755);
  expect(await readTree(folder, [kReadme, kScript], kAuthor)).toEqual([kReadme, kScript]);
});

test('what is changed keeps its id and its owner, and has a reason more', async () => {
  await writeTree([kReadme, kScript], folder);
  writeFileSync(join(folder, 'README.md'), 'new');
  chmodSync(join(folder, 'bin/run'), 0o600);
  expect(await readTree(folder, [kReadme, kScript], kAuthor)).toEqual([
    { ...kReadme, text: 'new', because: ['language', 'add part'] },
    { ...kScript, mode: 0o644, because: ['language', 'add part'] },
  ]);
});

test('what is changed twice has the reason once', async () => {
  await writeTree([kReadme], folder);
  writeFileSync(join(folder, 'README.md'), 'one');
  const once = await readTree(folder, [kReadme], kAuthor);
  writeFileSync(join(folder, 'README.md'), 'two');
  const twice = await readTree(folder, once, kAuthor);
  expect(twice[0]?.because).toEqual(['language', 'add part']);
});

test('what is new is merged, what is gone is gone', async () => {
  await writeTree([kReadme], folder);
  rmSync(join(folder, 'README.md'));
  mkdirSync(join(folder, 'node_modules/a'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/a/index.js'), '');
  writeFileSync(join(folder, 'b'), 'b');
  const made = { id: 'plop:ours/b', path: 'b', text: 'b', mode: 0o644 };
  expect(await readTree(folder, [kReadme], kAuthor)).toEqual([
    { ...made, owner: 'merged', because: ['add part'] },
  ]);
});

test('a refusal names the plopfile, the addition and the file', async () => {
  writeFileSync(join(folder, 'x'), Buffer.from([0xff]));
  const thrown: unknown = await readTree(folder, [], kAuthor).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UserError);
  expect(thrown).toMatchObject({
    exitCode: 1,
    issues: [{ at: 'plopfile.js: add part', message: expect.stringContaining('"x"') }],
  });
});
