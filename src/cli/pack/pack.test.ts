import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { generators } from '../../../generators/index.ts';
import type { Host } from '../../console/host.ts';
import { packagedAssets, packageVersion } from '../../disk/package.ts';
import type { ExitCode } from '../../error.ts';
import { scripted } from '../../interview/scripted.ts';
import { kOwnFlags } from '../../pack/document/check-questions.ts';
import type { Pack } from '../../pack/pack.ts';
import { kSmallPack, smallWorld } from '../../pack/testing.ts';
import { catalogOf } from '../../plan/catalog.ts';
import { createFlags } from '../create/flags/create-flags.ts';
import { fail } from '../failure.ts';
import { kPackFlags } from '../packs.ts';
import { regenerateFlags } from '../project/project-flags.ts';
import { pack } from './pack.ts';
import { askTrust } from './trusting.ts';

const world = smallWorld();

const kReal: Pack = {
  name: 'create-hpserver',
  version: packageVersion(),
  reference: null,
  generators,
  assets: packagedAssets(),
};

interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

async function run(args: readonly string[], builtIn: Pack = kSmallPack): Promise<Ran> {
  let out = '';
  let err = '';
  const output = (take: (text: string) => void) => ({ write: take, terminal: false, columns: 100 });
  const host: Host = {
    args,
    env: world.options().env,
    cwd: world.root,
    out: output((text) => {
      out += text;
    }),
    err: output((text) => {
      err += text;
    }),
    interactive: false,
    readStdin: async () => '',
    machine: async () => ({}),
  };
  const code = await pack(host, { builtIn }).catch((thrown: unknown) => fail(host, thrown));
  return { code, out, err };
}

describe('"pack new"', () => {
  test('makes a pack that is good by its own lint and tests', async () => {
    const made = await run(['new', 'fresh'], kReal);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('create-hpserver my-server --pack ./fresh');
    expect(await run(['lint', 'fresh'], kReal)).toMatchObject({ code: 0, err: '' });
    expect(await run(['test', 'fresh'], kReal)).toMatchObject({ code: 0, err: '' });
  });

  test('takes flags for all that it asks', async () => {
    const flags = ['--languages', 'cpp', '--question', 'chart', '--file', 'deploy/chart.yaml'];
    const json = ['--name', 'helm', '--addition', 'release', '--json'];
    const made = await run(['new', 'flags', ...flags, ...json], kReal);
    expect(JSON.parse(made.out)).toMatchObject({ cases: ['cpp', 'with-release'] });
    const file = join(world.root, 'flags/tests/with-release/out/deploy/chart.yaml');
    expect(readFileSync(file, 'utf8')).toBe(
      '# demo\n\nThe handlers of demo are C++, in src/handlers/.\n\n- first\n',
    );
    const written = join(world.root, 'flags/hppack.json');
    expect(JSON.parse(readFileSync(written, 'utf8'))).toMatchObject({
      name: 'helm',
      questions: [{ key: 'helm.chart' }],
      additions: [{ kind: 'release' }],
    });
  });

  test.each([
    [['new'], /DIRECTORY is missing/],
    [['new', 'bad', '--file', '../x'], /is not a valid file/],
    [['new', 'bad', '--languages', 'rust'], /"rust" is not a choice/],
    [['new', '.'], /is not empty/],
  ])('%j is a mistake', async (args, message) => {
    world.folder('.', { occupied: '' });
    const ran = await run(args);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });
});

describe('"pack test"', () => {
  const files = {
    'hppack.json': { name: 'ours', version: '1.0.0', files: [{ from: 'a.hbs', to: 'a.txt' }] },
    'templates/a.hbs': '{{name}}\n{{language}}\n',
    'partials/end.hbs': 'end of {{name}}\n',
    'tests/one/answers.json': { name: 'demo' },
    'tests/one/out/a.txt': 'demo\ntypescript\n',
    'tests/one/out/README.md.patch': '@@\n+end of demo\n',
  };

  test('passes where all is as expected', async () => {
    world.folder('golden', files);
    const ran = await run(['test', 'golden']);
    expect(ran).toMatchObject({ code: 0, out: 'ok one\nok 2 combinations rendered\n' });
  });

  test('fails with what differs, and has nothing against it after --update', async () => {
    const folder = world.folder('differs', files);
    writeFileSync(join(folder, 'templates/a.hbs'), '{{name}}\n{{language}}!\n');
    writeFileSync(join(folder, 'tests/one/out/gone.txt'), 'x\n');
    const ran = await run(['test', 'differs']);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('failed one\n  a.txt: changed\n');
    expect(ran.out).toContain('    -typescript\n    +typescript!\n');
    expect(ran.out).toContain('  gone.txt: missing\n');
    expect((await run(['test', 'differs', '--update'])).code).toBe(0);
    const again = await run(['test', 'differs', '--json']);
    expect(JSON.parse(again.out)).toEqual({
      golden: [{ name: 'one', differences: [] }],
      rendered: { cases: 2, complete: true, issues: [] },
      built: [],
    });
  });

  test('says which case has answers that cannot be', async () => {
    world.folder('wrong', { ...files, 'tests/two/answers.json': { langauge: 'cpp' } });
    const ran = await run(['test', 'wrong']);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/tests\/two: langauge/);
  });

  test('builds by the commands of the project with --build', async () => {
    const builds = {
      ...kSmallPack,
      generators: kSmallPack.generators.map((generator) => ({
        ...generator,
        commands: () => ({
          install: null,
          build: ['grep', '-q', 'cpp', 'a.txt'],
          test: null,
          start: null,
        }),
      })),
    };
    world.folder('built', files);
    const ran = await run(['test', 'built', '--build', '--trust'], builds);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('failed built: language=typescript\n    grep -q cpp a.txt\n');
    expect(ran.out).toContain('ok built: language=cpp\n');
  });
});

describe('"pack lint"', () => {
  test('names each fault, and exits with 1', async () => {
    const document = { name: 'ours', version: '1.0.0', files: [{ from: 'a.hbs', to: 'a' }] };
    world.folder('faulty', { 'hppack.json': document, 'templates/a.hbs': '{{nmae}}\n' });
    const ran = await run(['lint', 'faulty']);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(
      /1 problem: lint\n {2}templates\/a\.hbs:1:3\n {4}the view has no "nmae"/,
    );
    const json = JSON.parse((await run(['lint', 'faulty', '--json'])).out);
    expect(json).toMatchObject({ name: 'ours', issues: [{ at: 'templates/a.hbs:1:3' }] });
  });

  test('needs trust for code, as anything else does', async () => {
    const document = { name: 'ours', version: '1.0.0', hooks: [['true']] };
    world.folder('hooked', { 'hppack.json': document });
    const ran = await run(['lint', 'hooked']);
    expect(ran.code).toBe(5);
    expect(ran.err).toContain('create-hpserver pack lint hooked --trust');
    expect((await run(['lint', 'hooked', '--trust'])).code).toBe(0);
  });
});

describe('"pack explain"', () => {
  test('tells what a pack does without trusting it', async () => {
    const document = {
      name: 'ours',
      version: '1.2.0',
      questions: [{ kind: 'boolean', key: 'note', title: 'Note', help: 'One.', default: true }],
      files: [{ from: 'a.txt', to: 'a', when: { note: [true] } }],
      helpers: 'code.js',
      hooks: [['rm', '-rf', 'my files']],
    };
    const files = { 'hppack.json': document, 'templates/a.txt': '', 'code.js': 'throw 1;' };
    world.folder('told', files);
    const ran = await run(['explain', './told']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/^ours 1\.2\.0 {2}\.\/told\nsha256 [0-9a-f]{64}\n/);
    expect(ran.out).toContain('Asks\n  note  --note  Note\n');
    expect(ran.out).toContain('Plans\n  a  from templates/a.txt  merged  if note is true\n');
    expect(ran.out).toContain("  the code in code.js\n  the command rm -rf 'my files'\n");
    const json = JSON.parse((await run(['explain', './told', '--json'])).out);
    expect(json.packs).toMatchObject([{ name: 'ours', runs: [['the code in code.js'], {}] }]);
  });
});

test.each([
  [[], 0, /^create-hpserver pack COMMAND/],
  [['--help'], 0, /new DIRECTORY/],
  [['lint', '--help'], 0, /^create-hpserver pack lint DIRECTORY/],
  [['lnit', 'x'], 2, /Did you mean pack lint\?/],
  [['test', 'x', '--updaet'], 2, /Did you mean --update\?/],
  [['explain', './nowhere'], 2, /there is no folder/],
])('%j exits with %d', async (args, code, message) => {
  const ran = await run(args);
  expect(ran.code).toBe(code);
  expect(ran.out + ran.err).toMatch(message);
});

test('the terminal shows what would run, and a yes is a word of its own', async () => {
  const code = {
    source: '/ours',
    name: 'ours',
    version: '1.0.0',
    hash: 'x',
    modules: ['code.js'],
    commands: [['npm', 'run', 'x']],
  };
  const prompter = scripted(['trust', 'refuse', { kind: 'back' }, { kind: 'cancel' }]);
  const ask = askTrust(prompter);
  expect([await ask(code), await ask(code), await ask(code)]).toEqual([true, false, false]);
  await expect(ask(code)).rejects.toMatchObject({ exitCode: 130 });
  const [page] = prompter.pages;
  expect(page?.help).toContain('the code in code.js, the command npm run x');
  expect(page?.field).toMatchObject({ initial: 'refuse' });
});

test('the terminal asks whether to build what a pack of data has written (P2)', async () => {
  const code = { source: '/ours', name: 'ours', version: '1.0.0', hash: 'x' };
  const prompter = scripted(['trust']);
  const data = { ...code, modules: [], commands: [] };
  expect(await askTrust(prompter)(data)).toBe(true);
  const [page] = prompter.pages;
  expect(page?.title).toBe('Install and build what ours 1.0.0 wrote?');
  expect(page?.field).toMatchObject({ initial: 'refuse' });
});

test('no question of a pack can take a flag of the program', () => {
  const empty = catalogOf([]);
  const flags = [...createFlags(empty), ...regenerateFlags(empty), ...kPackFlags];
  const names = flags.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(names.filter((name) => !kOwnFlags.includes(name))).toEqual([]);
});

describe('the example', () => {
  const example = fileURLToPath(new URL('../../../examples/pack-observability', import.meta.url));

  test('is free of faults', async () => {
    expect(await run(['lint', example], kReal)).toMatchObject({ code: 0, err: '' });
  });

  test('makes of a project what its tests say', async () => {
    const ran = await run(['test', example], kReal);
    expect(ran.out).toBe('ok cpp\nok typescript\nok 96 combinations rendered\n');
  });
});
