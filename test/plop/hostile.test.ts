/** Plopfiles that intend or do harm: refused, each with its reason; nothing is left behind. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/error.ts';
import { rework } from '../../src/pack/plopfile/rework.ts';
import { runTask, startChild } from '../../src/pack/plopfile/run-child.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { emptyFolder, folderOf, packIn, specOf, treeOf } from './packs.ts';

const kOutside = emptyFolder();
const kTree = treeOf({ 'README.md': '# demo\n', 'src/main.ts': 'run();\n' });

/** A plopfile with one generator `x`, whose actions are this piece of JavaScript. */
function plopfileOf(actions: string): Readonly<Record<string, string>> {
  const text = `
    const fs = require('node:fs');
    const { writeFile } = require('node:fs/promises');
    const { execSync } = require('node:child_process');
    const path = require('node:path');
    module.exports = (plop) => plop.setGenerator('x', {
      prompts: [{ type: 'input', name: 'name', message: 'Name' }],
      actions: ${actions},
    });`;
  return { 'plopfile.cjs': text, 'templates/x.hbs': 'x' };
}

/** The tree after an addition of `x`. */
async function taken(actions: string, name = 'a'): Promise<Tree> {
  const path = join(folderOf(plopfileOf(actions)), 'plopfile.cjs');
  const addition = { kind: 'x', values: { name } };
  const plopfile = { path, project: kOutside, name: 'hostile', generators: new Map([['x', 'x']]) };
  return await rework(plopfile, kTree, specOf(addition));
}

async function failureOf(actions: string, name = 'a'): Promise<UserError> {
  const outcome = taken(actions, name);
  const thrown: unknown = await outcome.then(
    (tree) => new Error(`it was taken: ${tree.map(({ path }) => path).join(' ')}`),
    (error: unknown) => error,
  );
  if (thrown instanceof UserError) return thrown;
  throw thrown;
}

const kOut = JSON.stringify(kOutside);

describe('an action is refused that', () => {
  test.each([
    [
      'climbs out of the project',
      `[{ type: 'add', path: '../../{{name}}', template: '' }]`,
      /action 1 \(add \.\.\/\.\.\/a\)/,
      /outside the project/,
    ],
    [
      'climbs by an answer',
      `[{ type: 'add', path: 'src/{{{name}}}', template: '' }]`,
      /action 1 \(add src\/\.\.\/\.\.\/\.\.\/up\)/,
      /outside the project/,
      '../../../up',
    ],
    [
      'names an absolute path',
      `[{ type: 'add', path: ${kOut} + '/x', template: '' }]`,
      /action 1 \(add \//,
      /outside the project/,
    ],
    [
      'adds many elsewhere',
      `[{ type: 'addMany', destination: '../..', templateFiles: 'templates/*' }]`,
      /action 1 \(addMany \.\.\/\.\.\)/,
      /outside the project/,
    ],
    [
      'may fail, as it says, but escapes',
      `[{ type: 'add', path: '../x', template: '', abortOnFail: false }]`,
      /action 1 \(add \.\.\/x\)/,
      /outside the project/,
    ],
    [
      'writes a hook of git',
      `[() => 'well', { type: 'add', path: '.git/hooks/pre-commit', template: '' }]`,
      /action 2 \(add \.git\/hooks\/pre-commit\)/,
      /is inside \.git/,
    ],
    [
      'writes our own state',
      `[{ type: 'add', path: '.hpserver/state.json', template: '' }]`,
      /action 1 \(add \.hpserver/,
      /is inside \.hpserver/,
    ],
    [
      'writes elsewhere by code',
      `[() => { fs.writeFileSync(${kOut} + '/x', ''); }]`,
      /action 1 \(function\)/,
      /outside the project/,
    ],
    [
      'writes elsewhere by a promise',
      `[() => writeFile(${kOut} + '/x', '')]`,
      /action 1 \(function\)/,
      /outside the project/,
    ],
    [
      'opens a file elsewhere',
      `[() => { fs.openSync(${kOut} + '/x', 'w'); }]`,
      /action 1 \(function\)/,
      /outside the project/,
    ],
    [
      'streams elsewhere',
      `[() => new Promise((_, reject) => fs.createWriteStream(${kOut} + '/x').on('error', reject))]`,
      /action 1 \(function\)/,
      /outside the project/,
    ],
    [
      'moves a file out',
      `[() => { fs.renameSync('README.md', ${kOut} + '/x'); }]`,
      /action 1 \(function\)/,
      /outside the project/,
    ],
    [
      'goes around our guard, into the permissions of Node',
      `[() => { process.binding('fs').mkdir(${kOut} + '/x', 0o777, false, undefined, {}); }]`,
      /action 1 \(function\)/,
      /restricted|binding/,
    ],
    [
      'makes a link by code',
      `[() => { fs.symlinkSync(${kOut}, 'link'); }]`,
      /action 1 \(function\)/,
      /permissions|restricted/i,
    ],
    [
      'writes through a link that a program has made',
      `[() => { execSync('ln -s ' + ${kOut} + ' link'); return ''; },
        { type: 'add', path: 'link/x', template: '' }]`,
      /action 2 \(add link\/x\)/,
      /outside the project through a symbolic link/,
    ],
  ])('%s', async (_, actions, at, message, name = 'a') => {
    const error = await failureOf(actions, name);
    expect(error.exitCode).toBe(1);
    expect(error.issues).toMatchObject([
      { at: expect.stringMatching(/^plopfile\.cjs: add x: /), message: expect.any(String) },
    ]);
    expect(error.issues[0]?.at).toMatch(at);
    expect(error.issues[0]?.message).toMatch(message);
    expect(readdirSync(kOutside)).toEqual([]);
  });
});

describe('a project is refused in which a plopfile leaves', () => {
  test.each([
    ['a link', `execSync('ln -s /etc/hostname link')`, /"link" behind, which is neither/],
    ['a repository of its own', `execSync('mkdir .git && touch .git/x')`, /is inside \.git/],
    ['two names that differ by case', `fs.writeFileSync('ReadMe.md', '')`, /only in case/],
    ['what is no text', `fs.writeFileSync('x.png', Buffer.from([0xff, 0xfe]))`, /is not UTF-8/],
    ['a backslash in a name', `execSync("touch 'a\\\\\\\\b'")`, /contains a backslash/],
    [
      'too many files',
      `for (let at = 0; at <= 10000; at++) fs.writeFileSync('f' + at, '')`,
      /exceeds 10000 files/,
    ],
    [
      'too much',
      `for (let at = 0; at < 65; at++) fs.writeFileSync('f' + at, ' '.repeat(1024 * 1024))`,
      /exceeds 67108864 bytes in all/,
    ],
  ])('%s', async (_, code, message) => {
    const error = await failureOf(`[() => { ${code}; return ''; }]`);
    expect(error.exitCode).toBe(1);
    expect(error.issues[0]?.message).toMatch(message);
  });
});

describe('an action fails that', () => {
  test.each([
    [
      'adds what is there',
      `[{ type: 'add', path: 'README.md' }]`,
      /add README/,
      /already exists: README/,
    ],
    [
      'changes what is not',
      `[{ type: 'modify', path: 'x', pattern: 'y' }]`,
      /modify x/,
      /not exist/,
    ],
    ['has no template', `[{ type: 'add', path: 'x', templateFile: 'no.hbs' }]`, /add x/, /ENOENT/],
    ['is of no type', `[{ type: 'conjure' }]`, /conjure/, /Invalid action/],
    ['throws', `[() => { throw new Error('no moon') }]`, /function/, /^no moon$/],
    ['rejects', `[async () => { throw new Error('no moon') }]`, /function/, /^no moon$/],
    [
      'breaks its template',
      `[{ type: 'add', path: 'x', template: '{{#if' }]`,
      /add x/,
      /Parse error/,
    ],
    ['ends the process', `[() => process.exit(0)]`, /actions/, /ended the process: exit\(0\)/],
    ['fails later', `[() => { setTimeout(() => { throw 1 }) }]`, /actions/, /ended the process/],
    [
      'renders a gibibyte',
      `[{
        type: 'add', path: 'x', template: '{{#each rows}}{{@root.text}}{{/each}}',
        data: { rows: Array(1024).fill(0), text: 'x'.repeat(1024 * 1024) },
      }]`,
      /add x/,
      /Invalid string length/,
    ],
    ['is not there', `() => { throw new Error('which?') }`, /actions/, /^which\?$/],
  ])('%s', async (_, actions, at, message) => {
    const error = await failureOf(actions);
    expect(error.exitCode).toBe(1);
    expect(error.issues[0]?.at).toMatch(at);
    expect(error.issues[0]?.message).toMatch(message);
    expect(error.issues[0]?.fix).toContain('Nothing was written');
  });
});

describe('a plopfile is refused that', () => {
  test.each([
    [
      'has a typing error, in CommonJS',
      { 'plopfile.cjs': 'module.exports = () => {\n  let = ;\n};\n' },
      /^plopfile\.cjs:2$/,
      /cannot load the plopfile: Unexpected token/,
    ],
    [
      'has a typing error, in a module',
      { 'plopfile.mjs': 'export default () => {\n\n  let = ;\n};\n' },
      /^plopfile\.mjs:3$/,
      /cannot load the plopfile: /,
    ],
    [
      'has a typing error, in TypeScript',
      { 'plopfile.ts': 'export default (): void => {\n  let = ;\n};\n' },
      /^plopfile\.ts:2$/,
      /cannot load the plopfile: /,
    ],
    [
      'throws',
      { 'plopfile.cjs': '\nmodule.exports = () => {\n  nothing();\n};\n' },
      /^plopfile\.cjs:3$/,
      /nothing is not defined/,
    ],
    [
      'throws in a file of its own',
      {
        'plopfile.cjs': "require('./lib/part.cjs');\n",
        'lib/part.cjs': "\n\nthrow new Error('not today');\n",
      },
      /^lib\/part\.cjs:3$/,
      /not today/,
    ],
    [
      'needs what is not installed',
      { 'plopfile.cjs': "require('no-such-package');\n" },
      /^plopfile\.cjs:1$/,
      /Cannot find module 'no-such-package'/,
    ],
    ['exports nothing', { 'plopfile.ts': 'export {};\n' }, /^plopfile\.ts/, /exports no function/],
    ['sets no generator', { 'plopfile.cjs': 'module.exports = () => {};' }, /./, /no generator/],
    ['is not there', { 'README.md': '' }, /./, /it contains none of plopfile\.js/],
    ['ends the process', { 'plopfile.cjs': 'process.exit(0);' }, /plopfile\.cjs/, /exit\(0\)/],
    [
      'writes while it is looked at',
      { 'plopfile.cjs': `require('node:fs').writeFileSync(${kOut} + '/x', '');` },
      /^plopfile\.cjs:1$/,
      /outside the project/,
    ],
  ])('%s', async (_, files, at, message) => {
    const thrown: unknown = await packIn(folderOf(files)).catch((error: unknown) => error);
    if (!(thrown instanceof UserError)) throw thrown;
    expect(thrown.exitCode).toBe(2);
    expect(thrown.issues[0]?.at).toMatch(at);
    expect(thrown.issues[0]?.message).toMatch(message);
    expect(readdirSync(kOutside)).toEqual([]);
  });
});

test('an action that does not end is ended', async () => {
  const [destination, scratch] = [emptyFolder(), emptyFolder()];
  const plopfile = join(folderOf(plopfileOf(`[() => { for (;;); }]`)), 'plopfile.cjs');
  const child = startChild({
    ...{ plopfile, destination, scratch, writes: true },
    project: destination,
  });
  const task = { task: 'take', generator: 'x', values: { name: 'a' } } as const;
  await expect(runTask(child, task, 'add x', 3000)).rejects.toMatchObject({
    exitCode: 1,
    issues: [{ at: 'plopfile.cjs: add x: actions', message: 'it ran for more than 3 s' }],
  });
});

test('what a plopfile writes below its own folder is refused too', async () => {
  const code = `fs.writeFileSync(plop.getPlopfilePath() + '/x', '')`;
  const error = await failureOf(`[(_, __, plop) => { ${code}; }]`);
  expect(error.message).toMatch(/outside the project/);
});

test('packages that an action installs are no part of the project', async () => {
  const code = `fs.mkdirSync('node_modules/a', { recursive: true });
    fs.writeFileSync('node_modules/a/index.js', '')`;
  expect(await taken(`[() => { ${code}; return ''; }]`)).toEqual(kTree);
});

test('temporary files are a plopfile’s own, and go', async () => {
  const code = `const place = fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'x-'));
    fs.writeFileSync('README.md', place)`;
  const tree = await taken(`[() => { ${code}; return ''; }]`);
  const made = tree.find(({ path }) => path === 'README.md')?.text ?? '';
  expect(made).toMatch(/^\/.*\/x-/);
  expect(existsSync(made)).toBe(false);
});
