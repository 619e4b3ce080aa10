import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plopFolder } from './plop-folder.ts';

const kPlopfile = `const { kind } = require('dep');
const names = require('./lib/names');
module.exports = (plop) => plop.setGenerator('x', {
  prompts: [], actions: [{ type: 'add', path: names.path, templateFile: 'templates/x.hbs' }],
});
`;

const kFiles: Readonly<Record<string, string>> = {
  'plopfile.js': kPlopfile,
  'lib/names.js': "exports.path = 'x';\n",
  'templates/x.hbs': 'x\n',
  'node_modules/dep/package.json': '{ "name": "dep", "main": "main.js" }',
  'node_modules/dep/main.js': "exports.kind = require('./deep');\n",
  'node_modules/dep/deep.js': 'module.exports = 1;\n',
  'node_modules/dep/other.js': 'module.exports = 2;\n',
  'src/app.js': 'app();\n',
  'package.json': '{ "name": "shop", "dependencies": {} }',
};

let folder = '';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpserver-plop-folder-'));
  for (const [path, text] of Object.entries(kFiles)) write(path, text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the hash that trust is bound to', () => {
  const hash = async () => (await plopFolder(folder, 'ours'))?.hash;

  test.each([
    ['plopfile.js', `${kPlopfile}\n`],
    ['lib/names.js', "exports.path = 'y';\n"],
    ['templates/x.hbs', 'y\n'],
    ['node_modules/dep/deep.js', 'module.exports = 3;\n'],
  ])('is another one when %s is', async (path, text) => {
    const before = await hash();
    write(path, text);
    expect(await hash()).not.toBe(before);
  });

  test.each([
    ['src/app.js', 'changed();\n'],
    ['package.json', '{ "name": "shop", "dependencies": { "a": "1.0.0" } }'],
    ['node_modules/dep/other.js', 'module.exports = 4;\n'],
    ['data/new.bin', ' '.repeat(20 << 20)],
  ])('is the same when %s changes', async (path, text) => {
    const before = await hash();
    write(path, text);
    expect(await hash()).toBe(before);
  });
});

describe('modules by computed names are part of it', () => {
  const pathsWith = async (load: string) => {
    write('plopfile.js', `module.exports = (plop) => { ${load} };\n`);
    write('generators/deep/a.js', 'module.exports = () => {};\n');
    write('generators/list.md', '\n');
    return [...((await plopFolder(folder, 'ours'))?.files.keys() ?? [])];
  };

  test.each([
    ['by a glob', "glob.sync('./generators/**/*.js').forEach((file) => require(file)(plop));"],
    ['by a folder', "for (const file of all('./generators')) import(file);"],
    ['by its beginning', "for (const name of names) require('./generators/deep/' + name)(plop);"],
  ])('%s', async (_, load) => {
    expect(await pathsWith(load)).toEqual(['generators/deep/a.js', 'plopfile.js']);
  });

  test('by nothing that is known: all that it could be', async () => {
    const all = ['generators/deep/a.js', 'lib/names.js', 'plopfile.js', 'src/app.js'];
    expect(await pathsWith('require(process.env.MODULE);')).toEqual(all);
  });
});

test('a folder with a document is no pack of a plopfile, nor is one without a plopfile', async () => {
  write('hppack.json', '{}');
  expect(await plopFolder(folder, 'ours')).toBeNull();
  expect(await plopFolder(join(folder, 'src'), 'ours')).toBeNull();
});

test('templates beyond all measure are refused by their sum', async () => {
  write('templates/x.hbs', ' '.repeat(65 << 20));
  await expect(plopFolder(folder, 'ours')).rejects.toThrow(
    /templates are more than 67108864 bytes/,
  );
});
