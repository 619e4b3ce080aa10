/** The package as npm delivers it: its contents, and that it works in an empty folder. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init, parse as parseModule } from 'es-module-lexer';
import { afterAll, describe, expect, test } from 'vitest';
import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import { renderingsOf } from '../../src/plan/source.ts';
import { catalog, parse, preview } from '../../src/project.ts';
import { templatePath } from '../../src/render/renderer.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'hpserver-package-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/**
 * The environment without npm's variables about the script that runs these tests; settings of the
 * registry stay.
 */
const env: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/.test(name)),
);

function run([program = '', ...args]: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${stderr}`);
  return stdout;
}

function folder(name: string): string {
  const path = join(scratch, name);
  mkdirSync(path);
  return path;
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

await init;

// `npm test` has already built dist/.
const pack = ['npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch];
const [packed] = JSON.parse(run(pack, repository)) as readonly [Packed];
const tarball = join(scratch, packed.filename);
const paths = packed.files.map(({ path }) => path);
const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

describe('the package', () => {
  const kAllowed = [
    /^(LICENSE|README(\.zh-CN)?\.md|package\.json)$/,
    /^dist\/(bin|index|plop|plopfile-child)\.js$/,
    /^dist\/chunks\/[\w-]+\.js$/,
    /^dist\/types\/src\/[\w/-]+\.d\.ts$/,
    /^schemas\/hp(server|pack)\.schema\.json$/,
    /^templates\/(?:[\w-]+\/)+[\w.-]+$/,
    /^native-core\/hpserver\/[\w/]+\.(cc|h)$/,
    /^native-core\/units\.cmake$/,
    /^native-core\/generated\/\w+\.[ch]$/,
    /^native-core\/binding\/CMakeLists\.txt$/,
    /^native-core\/binding\/launcher\/\w+\.cc$/,
    /^native-core\/binding\/addon\/[\w/]+\.(cc|h)$/,
    /^native-core\/binding\/server\/[\w/-]+\.ts$/,
  ];
  const kRefused = /_test\.cc$|\.test\.ts$|\/test(ing|s)?[/.]|\.tmp\.|\/\.[^/]*$/;

  test('holds nothing but the program, its types, templates and the core', () => {
    const isStrange = (path: string) => !kAllowed.some((pattern) => pattern.test(path));
    expect(paths.filter(isStrange)).toEqual([]);
    // Tests that generated projects contain are templates, so they don't count.
    const own = paths.filter((path) => !path.startsWith('templates/'));
    expect(own.filter((path) => kRefused.test(path))).toEqual([]);
  });

  test('holds every file that some project is made of', () => {
    const assets = packagedAssets();
    const needed = catalog.architectures().flatMap(({ values }) => {
      const parsed = parse(values);
      return parsed.ok ? assemble(generators, parsed.spec, assets) : [];
    });
    const sources = needed.flatMap(({ source }) => {
      if (source.kind === 'copy') return [source.from];
      return renderingsOf(source).map(({ template }) => templatePath(template));
    });
    expect([...new Set(sources)].filter((path) => !paths.includes(path))).toEqual([]);
    expect(sources.length).toBeGreaterThan(100);
  });

  const imports = paths
    .filter((path) => /^dist\/.*\.(js|d\.ts)$/.test(path))
    .flatMap((path) => specifiersIn(path).map((specifier) => ({ path, specifier })));

  test('imports only what is in it', () => {
    const relative = imports.filter(({ specifier }) => specifier.startsWith('.'));
    const missing = relative.filter(({ path, specifier }) => {
      const target = normalize(join(dirname(path), specifier));
      return !paths.includes(target.replace(/\.ts$/, '.d.ts'));
    });
    expect(missing).toEqual([]);
    expect(relative.length).toBeGreaterThan(10);
  });

  test('depends on what it imports, and on nothing else', () => {
    const names = imports
      .filter(({ path }) => path.endsWith('.js'))
      .filter(({ specifier }) => !/^(\.|node:)/.test(specifier))
      .map(({ specifier }) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
    expect([...new Set(names)].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});

/**
 * The imports in a declaration file as tsc writes it: `} from 'x';`. Other imports may be in texts.
 */
function specifiersIn(path: string): readonly string[] {
  const text = readFileSync(join(repository, path), 'utf8');
  if (path.endsWith('.js')) {
    const [imports] = parseModule(text);
    const required = [...text.matchAll(/\brequire\d*\(["']([^"']+)["']\)/g)];
    return [...imports.flatMap(({ n }) => n ?? []), ...required.map(([, name = '']) => name)];
  }
  const pattern =
    /^(?:import|export|\}) ?(?:.*from )?["']([^"']+)["'];$|\bimport\(["']([^"']+)["']\)/gm;
  return [...text.matchAll(pattern)].map(([, fixed, lazy]) => fixed ?? lazy ?? '');
}

describe('in an empty folder', () => {
  const home = folder('installed');
  run(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball], home);
  const bin = join(home, 'node_modules/.bin/create-hpserver');
  // npm's downloads are shared with the user's cache; its temporary installations are not.
  const cache = folder('cache');
  const shared = run(['npm', 'config', 'get', 'cache'], home).trim();
  symlinkSync(join(shared, '_cacache'), join(cache, '_cacache'));

  test('it tells its version and its flags', () => {
    expect(run([bin, '--version'], home)).toBe(`${manifest.version}\n`);
    expect(run([bin, '--help'], home)).toContain('--io-trigger');
  });

  test('a dry run reports the plan and writes nothing', () => {
    const report = JSON.parse(run([bin, 'dry', '--yes', '--json', '--dry-run'], home)) as {
      readonly files: readonly unknown[];
    };
    expect(report.files.length).toBeGreaterThan(30);
    expect(existsSync(join(home, 'dry'))).toBe(false);
  });

  test.each(['typescript', 'cpp'])(
    'npm starts it, and the %s project has the very bytes of a clone’s',
    async (language) => {
      const empty = folder(`empty-${language}`);
      const flags = ['app', '--yes', '--language', language, '--no-git', '--no-build'];
      const exec = ['npm', 'exec', '--yes', '--prefer-offline', '--cache', cache];
      run([...exec, '--package', tarball, '--', 'create-hpserver', ...flags], empty);
      const parsed = parse({ name: 'app', language });
      if (!parsed.ok) throw new Error('the defaults do not parse');
      const { tree } = await preview(parsed.spec, join(empty, 'other'));
      const differing = tree.filter(
        ({ path, text }) => readFileSync(join(empty, 'app', path), 'utf8') !== text,
      );
      expect(differing.map(({ path }) => path)).toEqual([]);
    },
  );

  test('its API and its plop generator can be imported', () => {
    const script = `
      const { parse } = await import('create-hpserver');
      const { hpserver } = await import('create-hpserver/plop');
      console.log(parse({ name: 'app', language: 'cpp' }).ok, hpserver.prompts.length > 2);`;
    const node = [process.execPath, '--input-type=module', '--eval', script];
    expect(run(node, home)).toBe('true true\n');
  });
});
