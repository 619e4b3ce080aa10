import { expect, test } from 'vitest';
import { generators } from '../../../generators/index.ts';
import { packagedAssets } from '../../disk/package.ts';
import { assemble } from '../../plan/assemble.ts';
import { parse } from '../../project.ts';
import { render } from '../../render/render.ts';
import { readDocument } from '../document/read-document.ts';
import { compilePack } from './compile-pack.ts';

const assets = packagedAssets();

async function packOf(document: object) {
  const read = await readDocument(JSON.stringify({ name: 'ours', version: '1.0.0', ...document }));
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return compilePack(read.document, assets, { questions: [], additions: [] });
}

function packWith(key: string) {
  const setting = {
    key,
    group: 'Sizes',
    takes: { kind: 'number', unit: 'bytes', min: 0, max: 9, default: 'auto', auto: 'as many' },
    help: 'Longer greetings are cut',
    when: { language: ['cpp'] },
  };
  return packOf({ settings: [setting] });
}

async function schemaOf(language: string, key: string): Promise<object> {
  const parsed = parse({ name: 'my-server', language });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const plan = assemble([...generators, await packWith(key)], parsed.spec, assets);
  const schema = plan.find(({ path }) => path === 'config/server.schema.json');
  return schema?.source.kind === 'json' ? schema.source.value : {};
}

test("a pack's setting is among those of the server, where its condition holds", async () => {
  const property = {
    description: 'Longer greetings are cut; auto: as many',
    default: 'auto',
    anyOf: [{ const: 'auto' }, { type: 'integer', minimum: 0, maximum: 9 }],
  };
  expect(await schemaOf('cpp', 'greeting-limit')).toMatchObject({
    properties: { 'greeting-limit': property },
  });
  expect(await schemaOf('typescript', 'greeting-limit')).not.toMatchObject({
    properties: { 'greeting-limit': expect.anything() },
  });
});

test('a setting that is there already is refused, and both contributors are named', async () => {
  await expect(schemaOf('cpp', 'backlog')).rejects.toThrow(
    '"http" and "ours" both contribute the setting "backlog"',
  );
});

const kEach = {
  services: [
    {
      name: 'status',
      listens: 'listen-status',
      cpp: { header: 'status.h', make: 'std::make_unique<StatusService>()' },
    },
  ],
  routes: [
    {
      method: 'get',
      path: '/status',
      by: 'the status page',
      cpp: { header: 'status.h', make: 'make_status(config, "all")' },
    },
  ],
  sources: [{ path: 'src/status.cc', part: 'program' }],
  core: [{ header: 'protocol/http/router.h' }],
  libraries: [
    {
      name: 'zlib',
      cpp: {
        find: 'find_package(ZLIB REQUIRED)',
        target: 'ZLIB::ZLIB',
        debian: { build: 'zlib1g-dev', run: 'zlib1g' },
      },
      npm: { package: 'fflate', version: '0.8.2' },
    },
  ],
  steps: [
    { name: 'second', moment: 'configured', after: 'first', cpp: { header: 'b.h', call: 'b()' } },
    { name: 'first', moment: 'configured', cpp: { header: 'a.h', call: 'a(config)' } },
  ],
  abilities: [{ ability: 'tells-readiness' }],
  cmake: [{ path: 'cmake/status.cmake' }],
  ports: [{ name: 'status', key: 'listen-status', number: 8082 }],
  probes: [{ port: 'status', path: '/status' }],
  summary: [{ line: '`GET /status` says how it is.' }],
  sections: [{ title: 'Status', lines: ['How it is.'] }],
  places: [{ path: 'src/status.cc', what: 'the status page' }],
  ignored: [{ path: 'status/', reason: 'What the status page writes.' }],
};

async function filesWith(contributes: object, language = 'cpp') {
  const parsed = parse({ name: 'my-server', language });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const listen = {
    key: 'listen-status',
    group: 'Addresses',
    takes: { kind: 'addresses', default: ['127.0.0.1:8082'] },
    help: 'Where the status page is served',
  };
  const pack = await packOf({ contributes, settings: [listen] });
  const plan = assemble([...generators, pack], parsed.spec, assets);
  return new Map((await render(plan, assets)).map(({ path, text }) => [path, text]));
}

test('each kind of contribution can come from a pack', async () => {
  const files = await filesWith(kEach);
  const main = files.get('src/main.cc') ?? '';
  expect(main.indexOf('= a(config);')).toBeGreaterThan(0);
  expect(main.indexOf('= b();')).toBeGreaterThan(main.indexOf('= a(config);'));
  expect(main).toContain('std::make_unique<StatusService>()');
  expect(files.get('src/routes.cc')).toContain('"/status", make_status(config, "all"));');
  const build = files.get('CMakeLists.txt');
  expect(build).toContain('\nfind_package(ZLIB REQUIRED)\n');
  expect(build).toContain('\ntarget_link_libraries(my-server-parts PUBLIC ZLIB::ZLIB)\n');
  expect(build).toContain('\n  src/status.cc\n');
  expect(build).toContain('\ninclude(cmake/status.cmake)\n');
  const readme = files.get('README.md');
  expect(readme).toContain('\n`GET /status` says how it is.\n');
  expect(readme).toContain('\n## Status\n\nHow it is.\n');
  expect(readme).toContain('| `src/status.cc` | the status page |');
  expect(readme).toContain(' zlib1g-dev   # Debian');
  expect(files.get('.gitignore')).toContain('status/');
});

test('a library of npm is a dependency', async () => {
  const { libraries } = kEach;
  const files = await filesWith({ libraries }, 'typescript');
  expect(JSON.parse(files.get('package.json') ?? '')).toMatchObject({
    dependencies: { fflate: '0.8.2' },
  });
});

test.each([
  [
    'a port',
    { ports: [{ name: 'status', key: 'listen-status', number: 8080 }] },
    'the port "8080"',
  ],
  [
    'a place',
    {
      places: [
        { path: 'a', what: 'a' },
        { path: 'a', what: 'b' },
      ],
    },
    'the place "a"',
  ],
])('%s that is taken is refused, and both contributors are named', async (_, contributes, what) => {
  await expect(filesWith(contributes)).rejects.toThrow(what);
});

test('a step that follows nobody is refused by name', async () => {
  const [second] = kEach.steps;
  await expect(filesWith({ steps: [second] })).rejects.toThrow('must follow "first"');
});

test('a kind that is none is told with its place', async () => {
  const unknown = { name: 'ours', version: '1.0.0', contributes: { service: [] } };
  expect(await readDocument(JSON.stringify(unknown))).toMatchObject({
    ok: false,
    issues: [{ at: expect.stringContaining('contributes') }],
  });
});
