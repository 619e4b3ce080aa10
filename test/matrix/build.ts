/** Compiles all projects at once; a failing one doesn't affect the others. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { alone } from '../lock.ts';
import { isTraced, type Mode } from './mode.ts';
import { kCache, kRepository, type Project } from './projects.ts';
import { coreBuild, type Kinds, kNativeCore, superProject } from './super-project.ts';

/** By id: what went wrong. Projects not in it are built. */
export type Failures = ReadonlyMap<string, string>;

interface BuildOptions extends Kinds {
  /**
   * The folder of the CMake project that builds all of them; only one process at a time uses it.
   */
  readonly home: string;
}

export function build(
  projects: readonly Project[],
  mode: Mode,
  options: Partial<BuildOptions> = {},
): Promise<Failures> {
  const complete = { mode, traced: isTraced(mode), home: join(kCache, mode), ...options };
  return alone(complete.home, () => buildAll(projects, complete));
}

async function buildAll(projects: readonly Project[], options: BuildOptions): Promise<Failures> {
  const failures = new Map<string, string>();
  const note = (project: Project, error: unknown): void => {
    failures.set(project.architecture.id, error instanceof Error ? error.message : String(error));
  };
  await compile(projects, options, note);
  const scripts = projects.filter(({ architecture: { language } }) => language === 'typescript');
  for (const project of scripts)
    await install(project).catch((error: unknown) => note(project, error));
  const alike = groupedBySources(scripts);
  const transpiler = async (): Promise<void> => {
    for (let next = alike.pop(); next !== undefined; next = alike.pop()) {
      const { directories } = next;
      await transpile(next).catch((error: unknown) => {
        for (const project of scripts) {
          if (directories.includes(project.directory)) note(project, error);
        }
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, transpiler));
  return failures;
}

const preset = z.object({
  configurePresets: z.array(
    z.object({ name: z.string(), cacheVariables: z.record(z.string(), z.string()).default({}) }),
  ),
});

type CacheVariables = Readonly<Record<string, string>>;

function cacheVariables(folder: string, mode: Mode): CacheVariables {
  const path = join(kRepository, folder, 'CMakePresets.json');
  const { configurePresets } = preset.parse(JSON.parse(readFileSync(path, 'utf8')));
  const found = configurePresets.find(({ name }) => name === mode);
  if (found === undefined) throw new Error(`${path} has no preset ${mode}`);
  return found.cacheVariables;
}

/**
 * clang reads precompiled headers in a third of the time that GCC takes, and its objects link with
 * GCC's.
 */
const kQuickCompiler = { CMAKE_C_COMPILER: 'clang-19', CMAKE_CXX_COMPILER: 'clang++-19' };

/** The flags of the project's own preset; the sanitizers use the core's compiler. */
function presetFlags(mode: Mode): readonly string[] {
  const own = cacheVariables('templates/cpp', mode);
  const core = Object.entries(cacheVariables('native-core', mode));
  const compilers = Object.fromEntries(core.filter(([name]) => name.endsWith('_COMPILER')));
  const quick = mode === 'release' ? kQuickCompiler : {};
  const variables = { CMAKE_BUILD_TYPE: 'Debug', ...own, ...quick, ...compilers };
  return Object.entries(variables).map(([name, value]) => `-D${name}=${value}`);
}

/**
 * Builds as much as possible. If anything failed, builds each program by its name, for its own
 * messages.
 */
async function compile(
  projects: readonly Project[],
  { home, ...kinds }: BuildOptions,
  note: (project: Project, error: unknown) => void,
): Promise<void> {
  await buildCore(kinds.mode);
  const folder = join(home, 'build');
  mkdirSync(home, { recursive: true });
  writeIfChanged(join(home, 'CMakeLists.txt'), superProject(projects, kinds));
  await run(['cmake', '-G', 'Ninja', '-S', home, '-B', folder, ...presetFlags(kinds.mode)], home);
  const parallel = ['-j', String(availableParallelism())];
  const all = await run(['ninja', '-k', '0', ...parallel], folder).catch(() => null);
  if (all !== null) return;
  for (const project of projects) {
    const { id } = project.architecture;
    const targets = kinds.traced ? [id, `${id}-traced`] : [id];
    await run(['ninja', '-k', '0', ...targets], folder).catch((error) => note(project, error));
  }
}

/** Uses the core's own build: if npm test has already run that, nothing is left to do. */
function buildCore(mode: Mode): Promise<void> {
  const parallel = ['--parallel', String(availableParallelism())];
  return alone(coreBuild(mode), async () => {
    if (!existsSync(join(coreBuild(mode), 'CMakeCache.txt'))) {
      await run(['cmake', '--preset', mode], kNativeCore);
    }
    const target = ['--target', 'hpserver'];
    await run(['cmake', '--build', '--preset', mode, ...target, ...parallel], kNativeCore);
  });
}

/** One installation for all projects that need the same packages. */
async function install({ directory, tree }: Project): Promise<void> {
  const wanted = tree.find(({ path }) => path === 'package.json')?.text ?? '';
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const home = join(kCache, 'packages', hash);
  await alone(home, async () => {
    if (existsSync(join(home, 'node_modules', '.package-lock.json'))) return;
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), wanted);
    await run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'], home);
  });
  const packages = join(directory, 'node_modules');
  if (existsSync(packages) && realpathSync(packages) === join(home, 'node_modules')) return;
  rmSync(packages, { recursive: true, force: true });
  symlinkSync(join(home, 'node_modules'), packages);
}

interface Alike {
  /** The hash of the projects' sources. */
  readonly key: string;
  readonly directories: string[];
}

/** Groups the projects whose JavaScript will be the same. */
function groupedBySources(projects: readonly Project[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const { tree, directory } of projects) {
    const sources = tree.filter(({ path }) => /\.ts$|^(package|tsconfig)\.json$/.test(path));
    const text = JSON.stringify(sources.map(({ path, text }) => [path, text]));
    const key = createHash('sha256').update(text).digest('hex');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, directories: [directory] });
    else group.directories.push(directory);
  }
  return [...groups.values()];
}

/** Skips projects built from the same sources before: their servers may be running. */
async function transpile({ key, directories }: Alike): Promise<void> {
  const [first = ''] = directories;
  const dist = join(first, 'dist');
  if (directories.every((directory) => keyOf(join(directory, 'build/traced/dist')) === key)) return;
  rmSync(dist, { recursive: true, force: true });
  await run([join(first, 'node_modules/.bin/tsc')], first);
  for (const directory of directories.slice(1)) copyAnew(dist, join(directory, 'dist'));
  for (const directory of directories) {
    writeTraced(directory, dist);
    writeFileSync(join(directory, 'build/traced/dist', kKeyFile), key);
  }
}

/** Written last of all, so its presence proves that everything else was written. */
const kKeyFile = '.sources';

function keyOf(dist: string): string | null {
  const path = join(dist, kKeyFile);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** The traced server is the same JavaScript with another addon. */
function writeTraced(directory: string, dist: string): void {
  const traced = join(directory, 'build/traced');
  copyAnew(dist, join(traced, 'dist'));
  cpSync(join(directory, 'package.json'), join(traced, 'package.json'));
  for (const name of ['node_modules', 'public']) {
    rmSync(join(traced, name), { recursive: true, force: true });
    symlinkSync(join(directory, name), join(traced, name));
  }
}

function copyAnew(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

function writeIfChanged(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  writeFileSync(path, text);
}

async function run(command: readonly string[], cwd: string): Promise<string> {
  const [program = '', ...rest] = command;
  const env = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: dirname(kCache) };
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 256 * 2 ** 20 } as const;
  try {
    return (await promisify(execFile)(program, rest, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command.join(' ')} in ${cwd}\n${stdout}\n${stderr}`, { cause: error });
  }
}
