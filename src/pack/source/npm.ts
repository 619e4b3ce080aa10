/**
 * npm with the user's own configuration, whatever the current folder. A cloned project may contain
 * an `.npmrc` that names programs to run, or registries to which it would send secrets from the
 * environment.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asDiskError, errorCode } from '../../disk/disk-error.ts';
import { ExitCode, UserError } from '../../error.ts';
import { type Outcome, runCommand } from '../../native/run-command.ts';
import type { Environment } from './cache.ts';
import type { Child } from './child.ts';

export type Npm = (...args: readonly string[]) => Promise<Outcome>;

/**
 * npm's project is the nearest folder with a package.json, and npm searches further up for a
 * project that has it as a workspace. Therefore the empty folder gets a package.json, and
 * workspaces are turned off.
 */
export async function neutralNpm(folder: string, env: Environment): Promise<Npm> {
  await writeFile(join(folder, 'package.json'), '{}\n');
  const own = { ...process.env, ...env };
  return (command, ...args) =>
    runCommand(['npm', command ?? '', '--no-workspaces', ...args], folder, () => {}, own);
}

interface Asking {
  /** The project whose `.npmrc` has no effect. */
  readonly directory: string;
  readonly source: string;
}

/**
 * Errors: `UserError` (failure) if the project's `.npmrc` names a different registry for this
 * package than the user's settings do: the wrong registry might supply someone else's package.
 */
export async function refuseOtherRegistry(
  name: string,
  { directory, source }: Asking,
  npm: Npm,
): Promise<void> {
  const text = await textOf(join(directory, '.npmrc'));
  const key = keysFor(name).find((each) => settingIn(text, each) !== null);
  if (key === undefined) return;
  const theirs = settingIn(text, key) ?? '';
  const own = await setting(npm, key);
  if (own !== null && bare(own) === bare(theirs)) return;
  const message =
    `${source} was not fetched: the .npmrc in ${directory} sets ${key}, which is ignored for ` +
    `safety, and your own settings have ${own ?? 'nothing for it'}`;
  const registry = /^https?:\/\/[\w.:/-]+$/.test(theirs) ? theirs : 'URL';
  const fix = `If you trust that registry: npm config set ${key}=${registry} --location=user`;
  throw new UserError(ExitCode.failure, [{ at: source, message, fix }]);
}

/**
 * Errors: `UserError` (failure) if a pack extends one in a scope for which the user has set no
 * registry: whoever owns the scope in the public registry could supply that pack unnoticed.
 */
export async function refuseUnbound(name: string, child: Child, npm: Npm): Promise<void> {
  const scope = scopeOf(name);
  // In the child's own scope, the parent comes from the same registry as the child.
  if (scope === null || scope === scopeOf(child.packageName ?? '')) return;
  if ((await setting(npm, `${scope}:registry`)) !== null) return;
  const message =
    `${name}, which ${child.source} extends, was not fetched: your npm settings do not map the ` +
    `scope ${scope} to a registry`;
  const fix = `Set it: npm config set ${scope}:registry=URL --location=user`;
  throw new UserError(ExitCode.failure, [{ at: child.source, message, fix }]);
}

/** The value in npm's own settings; null for none. */
export async function setting(npm: Npm, key: string): Promise<string | null> {
  const { status, tail } = await npm('config', 'get', key);
  const said = (tail.at(-1) ?? '').trim();
  return status !== 0 || said === 'undefined' || said === '' ? null : said;
}

/** `@corp` of `@corp/pack`; null for a name without a scope. */
export function scopeOf(name: string): string | null {
  return name.startsWith('@') ? name.slice(0, name.indexOf('/')) : null;
}

/** The settings that decide about a package, the most specific first. */
function keysFor(name: string): readonly string[] {
  const scope = scopeOf(name);
  return [...(scope === null ? [] : [`${scope}:registry`]), 'registry'];
}

/** The last line of an ini file that sets the key. */
function settingIn(text: string, key: string): string | null {
  const lines = text.split('\n').map((line) => line.split(/=(.*)/s));
  const found = lines.findLast(([name = '']) => name.trim() === key);
  return found === undefined ? null : (found[1] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
}

function bare(registry: string): string {
  return registry.replace(/\/+$/, '');
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return '';
    throw asDiskError(thrown, file);
  }
}
