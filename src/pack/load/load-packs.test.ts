import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogOf } from '../../plan/catalog.ts';
import type { DraftExtras } from '../../spec/draft.ts';
import { parseAnswers } from '../../spec/parse/parse.ts';
import type { Answers, Question } from '../../spec/question.ts';
import type { Tree } from '../../tree/tree.ts';
import { viewOf } from '../compile/view.ts';
import type { Pack } from '../pack.ts';
import { treeOf } from '../plan-packs.ts';
import { kSmallPack, refusal, smallWorld } from '../testing.ts';
import { loadPack, loadPacks } from './load-packs.ts';
import { type PackCode, trustFile } from './trust.ts';

const world = smallWorld();

const kNote = {
  kind: 'boolean',
  key: 'note',
  title: 'Note',
  help: 'Whether there is one.',
  default: true,
};

/** A pack's document with its name, and the changes under test. */
function ours(changes: object = {}): object {
  return { name: 'ours', version: '1.0.0', ...changes };
}

async function treeWith(
  packs: readonly Pack[],
  answers: Answers = {},
  extras?: DraftExtras,
): Promise<Tree> {
  const all = [kSmallPack, ...packs];
  const catalog = catalogOf(all.flatMap(({ generators }) => generators));
  const parsed = parseAnswers({ name: 'demo', ...answers }, catalog, extras);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return treeOf(all, parsed.spec);
}

function textAt(tree: Tree, path: string): string | undefined {
  return tree.find((file) => file.path === path)?.text;
}

describe('a pack of data', () => {
  test('plans its files where their conditions hold, with the reasons that they have', async () => {
    const folder = world.folder('plain', {
      'hppack.json': ours({
        questions: [kNote],
        files: [
          { from: 'note.md.hbs', to: 'docs/{{as.name.snake}}.md', when: { note: [true] } },
          { from: 'run.sh', to: 'run.sh', mode: '755', owner: 'user' },
        ],
      }),
      'templates/note.md.hbs': '{{#if is.language.cpp}}\nC++\n{{else}}\n{{language}}\n{{/if}}\n',
      'templates/run.sh': '#!/bin/sh\n',
    });
    const pack = await loadPack('./plain', world.options());
    expect(pack.reference).toEqual({ source: './plain', name: 'ours', version: '1.0.0' });
    const tree = await treeWith([pack], { name: 'my-app' });
    expect(tree.find(({ path }) => path === 'docs/my_app.md')).toMatchObject({
      id: 'ours/note.md.hbs',
      text: 'typescript\n',
      because: ['language', 'name', 'note'],
    });
    expect(tree.find(({ path }) => path === 'run.sh')).toMatchObject({
      mode: 0o755,
      owner: 'user',
    });
    const without = await treeWith([pack], { note: false });
    expect(without.map(({ path }) => path)).toEqual(['README.md', 'a.h', 'notes.txt', 'run.sh']);
    expect(folder).toBeTruthy();
  });

  test('plans the files of its additions, one set for each', async () => {
    world.folder('adding', {
      'hppack.json': ours({
        additions: [
          {
            kind: 'page',
            title: 'a page',
            help: 'A page.',
            questions: [{ ...kNote, kind: 'text', key: 'name', default: 'x', pattern: '[a-z]+' }],
            files: [
              {
                from: 'page.hbs',
                to: 'pages/{{addition.name}}.md',
                when: { 'addition.name': ['one', 'two'] },
              },
            ],
          },
        ],
        files: [{ from: 'list.hbs', to: 'pages.txt' }],
      }),
      'templates/page.hbs': '{{addition.as.name.pascal}} of {{name}}\n',
      'templates/list.hbs':
        '{{#each additions.page}}\n{{name}}\n{{/each}}\nroutes\n{{#each additions.route}}\n{{name}}\n{{/each}}\n',
    });
    const pack = await loadPack('./adding', world.options());
    const additions = [
      { kind: 'page', name: 'zero' },
      { kind: 'page', name: 'one' },
      { kind: 'route', name: 'r' },
      { kind: 'page', name: 'two' },
    ];
    const tree = await treeWith([pack], {}, { additions, packs: [], owners: {} });
    expect(textAt(tree, 'pages/two.md')).toBe('Two of demo\n');
    expect(textAt(tree, 'pages.txt')).toBe('zero\none\ntwo\nroutes\nr\n');
    const page = tree.find(({ path }) => path === 'pages/one.md');
    expect(page).toMatchObject({ id: 'ours/page/page.hbs/one', because: ['add page', 'name'] });
    const list = tree.find(({ path }) => path === 'pages.txt');
    expect(list?.because).toEqual(['add page', 'add route']);
  });

  test('replaces templates, copies and blocks; the last pack wins, and sees all answers', async () => {
    world.folder('over', {
      'hppack.json': ours({ questions: [kNote] }),
      'overrides/small/notes.txt': 'ours\n',
      'overrides/native-core/hpserver/a.h': '// ours\n',
      'partials/end.hbs': '{{name}}: {{answers.note}}\n',
    });
    world.folder('later', {
      'hppack.json': ours({ name: 'theirs' }),
      'overrides/small/notes.txt': 'theirs\n',
    });
    const packs = await loadPacks([{ source: './over' }, { source: './later' }], world.options());
    const tree = await treeWith(packs);
    expect(textAt(tree, 'notes.txt')).toBe('theirs\n');
    expect(textAt(tree, 'a.h')).toBe('// ours\n');
    expect(textAt(tree, 'README.md')).toBe('# demo\ndemo: true\n');
    const readme = tree.find(({ path }) => path === 'README.md');
    expect(readme?.because).toEqual(['name', 'note']);
  });

  test('brings answers of its earlier versions up to its own', async () => {
    const migrations = [
      { from: '<1.0.0', rename: { old: 'note' }, map: { note: { yes: true } }, drop: ['gone'] },
      { from: '<0.5.0', drop: ['other'] },
    ];
    world.folder('moved', { 'hppack.json': ours({ questions: [kNote], migrations }) });
    const pack = await loadPack('./moved', world.options());
    const answers = { old: 'yes', gone: 1, other: 2 };
    expect(pack.migrate?.(answers, '0.9.0')).toEqual({ note: true, other: 2 });
    expect(pack.migrate?.(answers, '1.0.0')).toEqual(answers);
  });

  test('keeps ids of files that an earlier version called otherwise', async () => {
    const files = [{ id: 'new', from: 'a.txt', to: 'a.txt' }];
    world.folder('renamed', {
      'hppack.json': ours({ files, renames: { old: 'new' } }),
      'templates/a.txt': 'a\n',
    });
    const pack = await loadPack('./renamed', world.options());
    expect(pack.generators[0]?.renames).toEqual({ 'ours/old': 'ours/new' });
  });
});

describe('a parent', () => {
  test('comes with the pack, which may use and override what it has', async () => {
    world.folder('parent', {
      'hppack.json': ours({
        name: 'parent',
        questions: [kNote],
        files: [{ from: 'a.hbs', to: 'a' }],
      }),
      'templates/a.hbs': 'parent {{note}}\n{{#> more}}\n{{/more}}\n',
    });
    world.folder('child', {
      'hppack.json': ours({ extends: '../parent', files: [{ from: 'b.hbs', to: 'b' }] }),
      'templates/b.hbs': 'child {{note}}\n',
      'partials/more.hbs': 'more cpp: {{is.language.cpp}}\n',
    });
    const tree = await treeWith([await loadPack('./child', world.options())]);
    expect(textAt(tree, 'a')).toBe('parent true\nmore cpp: false\n');
    expect(tree.find(({ path }) => path === 'a')?.because).toEqual(['language', 'note']);
    expect(textAt(tree, 'b')).toBe('child true\n');
  });

  test('is there once, however many extend or name it', async () => {
    world.folder('sibling', { 'hppack.json': ours({ name: 'sibling', extends: '../parent' }) });
    const wanted = ['./child', './sibling', './parent'].map((source) => ({ source }));
    const packs = await loadPacks(wanted, world.options());
    expect(packs.map(({ name }) => name)).toEqual(['ours', 'sibling', 'parent']);
    expect((await treeWith(packs)).filter(({ path }) => path === 'a')).toHaveLength(1);
  });

  test('may not extend its own child', async () => {
    world.folder('circle-a', { 'hppack.json': ours({ name: 'a', extends: '../circle-b' }) });
    world.folder('circle-b', { 'hppack.json': ours({ name: 'b', extends: '../circle-a' }) });
    const said = await refusal(loadPack('./circle-a', world.options()));
    expect(said).toMatch(/^2: these packs extend each other in a circle: .*circle-b/);
  });

  test('has few parents of its own', async () => {
    for (let at = 0; at < 12; at++) {
      const up = ours({ name: `line-${at}`, extends: `../line-${at + 1}` });
      world.folder(`line-${at}`, { 'hppack.json': up });
    }
    expect(await refusal(loadPack('./line-0', world.options()))).toMatch(/^2: more than 8 packs/);
  });
});

describe('two packs do not fit where', () => {
  test.each<[string, object, RegExp]>([
    [
      'they ask the same',
      { questions: [kNote] },
      /the question "note" is in both packs, "first" and /,
    ],
    [
      'their flags are the same',
      { questions: [{ ...kNote, key: 'other', aliases: ['note'] }] },
      /the flag --note is in both/,
    ],
    [
      'a key of one is the beginning of another’s',
      { questions: [{ ...kNote, key: 'note.text' }] },
      /the prefix of "note\.text" and "note" is in both/,
    ],
    ['they have one name', { name: 'first' }, /the generator "first" is in both/],
    [
      'the built-in one asks it',
      { questions: [{ ...kNote, key: 'language' }] },
      /the question "language" is in both packs, "create-hpserver" and "second"/,
    ],
  ])('%s', async (title, changes, message) => {
    const place = title.replaceAll(/\W/g, '-');
    world.folder('first', { 'hppack.json': ours({ name: 'first', questions: [kNote] }) });
    world.folder(place, { 'hppack.json': ours({ name: 'second', ...changes }) });
    const wanted = [{ source: './first' }, { source: `./${place}` }];
    const said = await refusal(loadPacks(wanted, world.options()));
    expect(said).toMatch(/^2: /);
    expect(said).toMatch(message);
  });

  test('they plan one path', async () => {
    const files = [{ from: 'a.txt', to: 'README.md' }];
    world.folder('path', { 'hppack.json': ours({ files }), 'templates/a.txt': 'a\n' });
    const pack = await loadPack('./path', world.options());
    expect(await refusal(treeWith([pack]))).toMatch(
      /^2: two plans for one path: small\/README\.md .* and ours\/a\.txt/,
    );
  });

  test('they plan one path but for its case', async () => {
    const files = [{ from: 'a.txt', to: 'readme.MD' }];
    world.folder('case', { 'hppack.json': ours({ files }), 'templates/a.txt': 'a\n' });
    const pack = await loadPack('./case', world.options());
    expect(await refusal(treeWith([pack]))).toMatch(/^2: two plans for one path/);
  });
});

describe('code', () => {
  const proof = join(world.root, 'proof');
  const code = `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(proof)}, process.env.HOME ?? '');
export const upper = (text) => String(text).toUpperCase();
`;
  const files = {
    'hppack.json': ours({
      helpers: 'helpers.js',
      hooks: [['git', 'add', '--all']],
      files: [{ from: 'a.hbs', to: 'a' }],
    }),
    'helpers.js': code,
    'templates/a.hbs': '{{upper name}}\n',
  };

  test('that reads the environment is not even loaded without trust', async () => {
    world.folder('code', files);
    const said = await refusal(loadPack('./code', world.options()));
    expect(said).toMatch(
      /^5: the pack ours 1\.0\.0 from .*\/code would run the code in helpers\.js, /,
    );
    expect(said).toContain('the command git add --all');
    expect(existsSync(proof)).toBe(false);
  });

  test('runs with --trust, which is not remembered', async () => {
    const pack = await loadPack('./code', world.options({ always: true }));
    expect(pack.hooks).toEqual([['git', 'add', '--all']]);
    expect(textAt(await treeWith([pack]), 'a')).toBe('DEMO\n');
    expect(existsSync(proof)).toBe(true);
    expect(await refusal(loadPack('./code', world.options()))).toMatch(/^5: /);
  });

  test('is asked about once, and again when a byte has changed', async () => {
    const asked: PackCode[] = [];
    const ask = async (about: PackCode) => {
      asked.push(about);
      return true;
    };
    await loadPack('./code', world.options({ ask }));
    await loadPack('./code', world.options({ ask }));
    await loadPack('./code', world.options());
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      modules: ['helpers.js'],
      commands: [['git', 'add', '--all']],
    });
    const file = trustFile(world.options().env);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ trusted: [{ name: 'ours' }] });
    writeFileSync(join(world.root, 'code/README.md'), 'other');
    expect(await refusal(loadPack('./code', world.options()))).toMatch(/^5: /);
    await loadPack('./code', world.options({ ask }));
    expect(asked).toHaveLength(2);
  });

  test('that two runs trust at the same moment is trusted in both (P36)', async () => {
    const places = Array.from({ length: 8 }, (_, at) => `./together-${at}`);
    for (const place of places) world.folder(place, files);
    const ask = async () => true;
    await Promise.all(places.map((place) => loadPack(place, world.options({ ask }))));
    for (const place of places) await loadPack(place, world.options());
  });

  test('stays out where the answer is no', async () => {
    world.folder('refused', files);
    const options = world.options({ ask: async () => false });
    expect(await refusal(loadPack('./refused', options))).toMatch(/^5: /);
  });

  test('may be generators like the built-in ones', async () => {
    world.folder('generating', {
      'hppack.json': ours({ generators: 'generators.js' }),
      'generators.js': `export const generators = [{ id: 'made', files: (spec) => [{
        id: 'made/x', path: 'x.json', source: { kind: 'json', value: { name: spec.values.name } },
        mode: 0o644, owner: 'merged', because: ['name'] }] }];`,
    });
    const pack = await loadPack('./generating', world.options({ always: true }));
    expect(textAt(await treeWith([pack]), 'x.json')).toBe('{\n  "name": "demo"\n}\n');
  });

  test.each([
    ['node_modules', `import 'dep';`, /helpers\.js imports "dep", which is not a file of the pack/],
    ['a folder above', `import '../outside.js';`, /imports "\.\.\/outside\.js"/],
    ['an address', `import 'data:text/javascript,1';`, /imports "data:/],
    ['a path of this machine', `import '/etc/x.js';`, /imports "\/etc\/x\.js"/],
    [
      'what only runs tell',
      `export const x = await import(process.env.X ?? '');`,
      /computes an import at run time/,
    ],
    ['what nobody can read', `export const x = 'a`, /cannot read helpers\.js: /],
    ['by require', `require('./own.js');`, /is not an ES module/],
    ['by a require of its own', `import { createRequire } from 'node:module';`, /"node:module"/],
    ['through a file of its own', `import './own.js';`, /own\.js imports "dep"/],
  ])('imports nothing from %s (P27)', async (title, text, message) => {
    const place = `imports-${title.replaceAll(/\W/g, '-')}`;
    world.folder('.', { 'outside.js': `import { writeFileSync } from 'node:fs';` });
    world.folder(place, {
      'hppack.json': ours({ helpers: 'helpers.js' }),
      'helpers.js': text,
      'own.js': `import 'dep';`,
      'node_modules/dep/package.json': { name: 'dep', type: 'module', main: 'index.js' },
      'node_modules/dep/index.js': 'throw new Error("this ran");',
    });
    const said = await refusal(loadPack(`./${place}`, world.options({ always: true })));
    expect(said).toMatch(/^5: did not load helpers\.js of the pack/);
    expect(said).toMatch(message);
  });

  test('imports its own files, and is the bytes that were hashed (P27)', async () => {
    const folder = world.folder('own-imports', {
      'hppack.json': ours({ helpers: 'code/helpers.js', files: [{ from: 'a.hbs', to: 'a' }] }),
      'code/helpers.js': `import { basename } from 'node:path';
        import { loud } from '../own.mjs';
        export const upper = (text) => loud(basename(text));
        export const later = async () => (await import('../own.mjs')).loud('x');`,
      'own.mjs': 'export const loud = (text) => text.toUpperCase();',
      'templates/a.hbs': '{{upper name}}\n',
    });
    const pack = await loadPack('./own-imports', world.options({ always: true }));
    writeFileSync(join(folder, 'own.mjs'), 'throw new Error("this ran");');
    expect(textAt(await treeWith([pack]), 'a')).toBe('DEMO\n');
  });

  test.each([
    ['calls process.exit', 'process.exit(0)', /the helper "x" of helpers\.js calls process\.exit/],
    ['returns a promise', 'Promise.reject(new Error("no"))', /returns a promise/],
  ])('of a helper that %s is told of (P13)', async (title, body, message) => {
    const place = `helper-${title.replaceAll(/\W/g, '-')}`;
    world.folder(place, {
      'hppack.json': ours({ helpers: 'helpers.js', files: [{ from: 'a.hbs', to: 'a' }] }),
      'helpers.js': `export const x = () => ${body};`,
      'templates/a.hbs': '{{x name}}\n',
    });
    const pack = await loadPack(`./${place}`, world.options({ always: true }));
    const said = await refusal(treeWith([pack]));
    expect(said).toMatch(/^1: packs\/ours\/a\.hbs/);
    expect(said).toMatch(message);
  });

  test.each([
    ['while it is loaded', 'process.exit(0); export const generators = [];'],
    [
      'when it is asked for files',
      'export const generators = [{ id: "g", files: () => process.exit(0) }];',
    ],
  ])('that ends the process %s is told of (P13)', async (title, text) => {
    const place = `exits-${title.replaceAll(/\W/g, '-')}`;
    world.folder(place, { 'hppack.json': ours({ generators: 'g.js' }), 'g.js': text });
    const load = loadPack(`./${place}`, world.options({ always: true }));
    expect(await refusal(load.then((pack) => treeWith([pack])))).toMatch(
      /^1: .*g\.js.* calls process\.exit/,
    );
  });

  test('asks nothing by a name that every object has (P3)', async () => {
    world.folder('reserved', {
      'hppack.json': ours({ generators: 'generators.js' }),
      'generators.js': `export const generators = [{ id: 'made', files: () => [], questions: [{
        kind: 'boolean', key: 'toString', group: 'x', depth: 'basic', title: 'x', help: 'x',
        default: true }] }];`,
    });
    const said = await refusal(loadPack('./reserved', world.options({ always: true })));
    expect(said).toMatch(/^2: the key "toString" is refused/);
  });

  test.each([
    ['throws', 'throw new Error("broken"); export {};', /it fails: broken/],
    ['exports something else', 'export const generators = 1;', /it exports no list "generators"/],
  ])('that %s is told by its name', async (title, text, message) => {
    const place = `code-${title.replaceAll(' ', '-')}`;
    world.folder(place, { 'hppack.json': ours({ generators: 'g.js' }), 'g.js': text });
    const said = await refusal(loadPack(`./${place}`, world.options({ always: true })));
    expect(said).toMatch(/^1: cannot load g\.js of the pack/);
    expect(said).toMatch(message);
  });
});

test('a view has no prototype that a key could lead into (P3)', () => {
  const view = viewOf([{ ...kNote, key: 'constructor.prototype.polluted' } as Question], {});
  expect(Object.getPrototypeOf(view)).toBeNull();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('a damaged list of what is trusted trusts nobody', async () => {
  const options = world.options();
  const file = trustFile(options.env);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '{"trusted": [null, 1, {"source": 1}]}');
  world.folder('hooking', { 'hppack.json': ours({ hooks: [['true']] }) });
  expect(await refusal(loadPack('./hooking', options))).toMatch(/^5: /);
});

test('a template that loops for a gigabyte is stopped while it renders', async () => {
  const loops = 12;
  const text = `${'{{#each @root}}\n'.repeat(loops)}x\n${'{{/each}}\n'.repeat(loops)}`;
  const files = [{ from: 'a.hbs', to: 'a' }];
  world.folder('loops', { 'hppack.json': ours({ files }), 'templates/a.hbs': text });
  const pack = await loadPack('./loops', world.options());
  expect(await refusal(treeWith([pack]))).toMatch(/^1: packs\/ours\/a\.hbs.*more than/);
});
