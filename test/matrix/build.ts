/** Compiles all projects at once; one that fails leaves the others alone. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { isTraced, type Mode } from './mode.ts';
import { kCache, kRepository, type Project } from './projects.ts';
import { superProject } from './super-project.ts';

/** By id: what went wrong. Those that aren't in it are built. */
export type Failures = ReadonlyMap<string, string>;

export async function build(projects: readonly Project[], mode: Mode): Promise<Failures> {
  const failures = new Map<string, string>();
  const note = (project: Project, error: unknown): void => {
    failures.set(project.architecture.id, error instanceof Error ? error.message : String(error));
  };
  await compile(projects, mode, note);
  const scripts = projects.filter(({ architecture: { language } }) => language === 'typescript');
  for (const project of scripts)
    await install(project).catch((error: unknown) => note(project, error));
  const alike = groupedBySources(scripts);
  const transpiler = async (): Promise<void> => {
    for (let next = alike.pop(); next !== undefined; next = alike.pop()) {
      const [first, ...others] = next;
      await transpile(first, others).catch((error: unknown) => {
        for (const project of next) note(project, error);
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

/** The flags that the generated project's own preset has. */
function presetFlags(mode: Mode): readonly string[] {
  const path = join(kRepository, 'templates/cpp/CMakePresets.json');
  const { configurePresets } = preset.parse(JSON.parse(readFileSync(path, 'utf8')));
  const found = configurePresets.find(({ name }) => name === mode);
  if (found === undefined) throw new Error(`the projects have no preset ${mode}`);
  const variables = { CMAKE_BUILD_TYPE: 'Debug', ...found.cacheVariables };
  return Object.entries(variables).map(([name, value]) => `-D${name}=${value}`);
}

/** Builds as far as it goes; what then isn't there is asked for by name, for its own messages. */
async function compile(
  projects: readonly Project[],
  mode: Mode,
  note: (project: Project, error: unknown) => void,
): Promise<void> {
  const source = join(kCache, mode);
  const folder = join(source, 'build');
  mkdirSync(source, { recursive: true });
  writeIfChanged(join(source, 'CMakeLists.txt'), superProject(projects, mode));
  await run(['cmake', '-G', 'Ninja', '-S', source, '-B', folder, ...presetFlags(mode)], source);
  const parallel = ['-j', String(availableParallelism())];
  const all = await run(['ninja', '-k', '0', ...parallel], folder).catch(() => null);
  if (all !== null) return;
  for (const project of projects) {
    const { id } = project.architecture;
    const targets = isTraced(mode) ? [id, `${id}-traced`] : [id];
    await run(['ninja', '-k', '0', ...targets], folder).catch((error) => note(project, error));
  }
}

/** One installation for all that want the same packages. */
async function install({ directory, tree }: Project): Promise<void> {
  const wanted = tree.find(({ path }) => path === 'package.json')?.text ?? '';
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const home = join(kCache, 'packages', hash);
  if (!existsSync(join(home, 'node_modules', '.package-lock.json'))) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), wanted);
    await run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'], home);
  }
  rmSync(join(directory, 'node_modules'), { recursive: true, force: true });
  symlinkSync(join(home, 'node_modules'), join(directory, 'node_modules'));
}

type Alike = [Project, ...Project[]];

/** Those whose JavaScript will be the same. */
function groupedBySources(projects: readonly Project[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const project of projects) {
    const sources = project.tree.filter(({ path }) =>
      /\.ts$|^(package|tsconfig)\.json$/.test(path),
    );
    const key = JSON.stringify(sources.map(({ path, text }) => [path, text]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [project]);
    else group.push(project);
  }
  return [...groups.values()];
}

async function transpile(first: Project, others: readonly Project[]): Promise<void> {
  const dist = join(first.directory, 'dist');
  rmSync(dist, { recursive: true, force: true });
  await run([join(first.directory, 'node_modules/.bin/tsc')], first.directory);
  for (const { directory } of others) copyAnew(dist, join(directory, 'dist'));
  for (const { directory } of [first, ...others]) writeTraced(directory, dist);
}

/** The traced server is the same JavaScript beside another addon. */
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
  const env = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: kCache };
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 256 * 2 ** 20 } as const;
  try {
    return (await promisify(execFile)(program, rest, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command.join(' ')} in ${cwd}\n${stdout}\n${stderr}`, { cause: error });
  }
}
