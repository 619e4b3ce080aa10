import { describe, expect, it } from 'vitest';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import { contributedBy } from '../../src/plan/contributed.ts';
import { catalog, parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import type { Answers } from '../../src/spec/question.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { verdictOn } from '../../src/spec/verdict.ts';
import type { Tree, TreeFile } from '../../src/tree/tree.ts';
import { http } from '../applications/http/generator.ts';
import { architecture } from '../architecture/generator.ts';
import { IncludeGraph } from '../core/include-graph.ts';
import { log } from '../log/generator.ts';
import { coreEntries } from './composition.ts';
import { cpp } from './generator.ts';

/** The generators whose settings the C++ project renders, and the C++ generator itself. */
const kContributors = [architecture, http, log, cpp];

const assets = packagedAssets();

function specOf(answers: Answers): Spec {
  const parsed = parse({ name: 'my-server', language: 'cpp', ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.spec;
}

async function treeOf(answers: Answers): Promise<Tree> {
  return render(assemble(kContributors, specOf(answers), assets), assets);
}

function byPath(tree: Tree): ReadonlyMap<string, TreeFile> {
  return new Map(tree.map((file) => [file.path, file]));
}

function coreHeadersOf(tree: Tree): readonly string[] {
  const own = tree.filter((file) => /^(src|test)\//.test(file.path));
  const includes = own.flatMap((file) => [...file.text.matchAll(/#include "(hpserver\/[^"]+)"/g)]);
  return [...new Set(includes.map(([, header = '']) => header))].sort();
}

/** Every architecture in C++. */
const cells = catalog
  .architectures()
  .filter(({ values, status }) => values.language === 'cpp' && status !== 'refused')
  .map(({ values }) => [Object.values(values).join(' '), values] as const);

/** Each changes one default answer, and adds the other answers that this requires. */
const changes: readonly (readonly [string, Answers])[] = [
  ['name', { name: 'other' }],
  ['io.trigger', { 'io.trigger': 'level' }],
  ['concurrency.model', { 'concurrency.model': 'sharded' }],
  ['io.model', { 'io.model': 'poll' }],
  ['workers.size', { 'workers.size': 3 }],
];

describe('the C++ project', () => {
  it('is the same for the same answers', async () => {
    expect(await treeOf({})).toEqual(await treeOf({}));
  });

  it('has these files of its own', async () => {
    const paths = (await treeOf({})).map((file) => file.path);
    expect(paths.filter((path) => !path.startsWith('core/'))).toMatchInlineSnapshot(`
      [
        ".clang-format",
        ".clang-tidy",
        "CMakeLists.txt",
        "CMakePresets.json",
        "README.md",
        "cmake/dependencies.cmake",
        "config/server.schema.json",
        "config/server.toml",
        "public/index.html",
        "src/config.cc",
        "src/config.h",
        "src/handlers/echo.cc",
        "src/handlers/echo.h",
        "src/handlers/healthz.cc",
        "src/handlers/healthz.h",
        "src/handlers/json.cc",
        "src/handlers/json.h",
        "src/handlers/plaintext.cc",
        "src/handlers/plaintext.h",
        "src/log.cc",
        "src/log.h",
        "src/log_file.cc",
        "src/log_file.h",
        "src/main.cc",
        "src/routes.cc",
        "src/routes.h",
        "src/setting_kinds.cc",
        "src/setting_kinds.h",
        "src/settings.cc",
        "src/settings.h",
        "test/config_test.cc",
        "test/handlers_test.cc",
        "test/program.cc",
        "test/program.h",
        "test/server_test.cc",
      ]
    `);
  });

  it.each(cells)(
    '%s names every header of the core that it includes, and no other',
    async (_, values) => {
      const spec = specOf(values);
      const entries = coreEntries(spec, contributedBy(kContributors, spec));
      const headers = new Set(entries.map((entry) => entry.header));
      expect(coreHeadersOf(await treeOf(values))).toEqual([...headers].sort());
    },
  );

  it.each(cells)('%s tells its five steps, draws them, and keeps main short', async (_, values) => {
    const files = byPath(await treeOf(values));
    const readme = files.get('README.md')?.text ?? '';
    for (const step of catalog.flow(values) ?? []) {
      expect(readme).toContain(`| ${step.step} | ${step.executor} | ${step.call} |`);
    }
    expect(readme).toContain('```mermaid\nflowchart LR\n');
    expect(readme.includes('Limitations:')).toBe(
      verdictOn(catalog.rules, values).status === 'warn',
    );
    expect(readme.includes('liburing-dev')).toBe(values['io.model'] === 'io_uring');
    const main = files.get('src/main.cc')?.text ?? '';
    expect(main.split('\n').length).toBeLessThanOrEqual(115);
    expect(main.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('waits by what was chosen, and holds nothing that waits otherwise', async () => {
    const waits = ['epoll', 'poll', 'select', 'sigio', 'uring'];
    // Signals for sockets and for completed operations are awaited through an epoll.
    const inside: Readonly<Record<string, readonly string[]>> = {
      sigio: ['epoll'],
      aio: ['epoll'],
    };
    for (const [name, values] of cells) {
      const paths = (await treeOf(values)).map((file) => file.path);
      const present = waits.filter((wait) =>
        paths.includes(`core/hpserver/poller/${wait}_poller.h`),
      );
      const io = String(values['io.model']).replace('io_', '');
      const chosen = values['event.pattern'] === 'proactor' || io === 'blocking' ? [] : [io];
      expect(present, name).toEqual([...chosen, ...(inside[io] ?? [])].sort());
    }
  });

  it.each(changes)('a changed %s touches only files that say so', async (key, answers) => {
    const before = byPath(await treeOf({}));
    const after = byPath(await treeOf(answers));
    const touched = [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => before.get(path)?.text !== after.get(path)?.text,
    );
    expect(touched).not.toEqual([]);
    for (const path of touched) {
      const because = (before.get(path) ?? after.get(path))?.because;
      expect(because, path).toContain(key);
    }
  });

  it('holds no file of the core that its own sources do not lead to', async () => {
    const tree = await treeOf({});
    const graph = new IncludeGraph(assets);
    const reached = new Set(coreHeadersOf(tree).flatMap((header) => graph.closure(header)));
    const copied = tree
      .filter((file) => /^core\/.*\.(h|cc?)$/.test(file.path))
      .map((file) => file.path.slice('core/'.length));
    expect(copied).toEqual([...reached].sort());
  });

  it('builds every source of the core that it holds', async () => {
    const tree = byPath(await treeOf({}));
    const build = tree.get('core/CMakeLists.txt')?.text ?? '';
    const sources = [...tree.keys()].filter((path) => /^core\/.*\.cc?$/.test(path));
    expect(
      sources.filter((path) => !build.includes(`\n  ${path.slice('core/'.length)}\n`)),
    ).toEqual([]);
  });

  it('has no tests of the core in it', async () => {
    const paths = (await treeOf({})).map((file) => file.path);
    expect(paths.filter((path) => /^core\/.*(_test\.cc|testing)/.test(path))).toEqual([]);
  });

  it('starts what it builds', () => {
    expect(cpp.commands?.(specOf({ name: 'chat' }))?.start).toEqual(['build/release/chat']);
  });

  it('plans nothing for the other language', () => {
    const spec = specOf({ language: 'typescript' });
    expect(cpp.files(spec, assets, contributedBy([], spec))).toEqual([]);
    expect(cpp.commands?.(spec)).toBeNull();
  });
});
