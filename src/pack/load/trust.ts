/**
 * Whether a pack's code may run. Packs are data; their code runs only if the user has agreed for
 * this source, at this version, with exactly these bytes.
 */

import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { asDiskError, errorCode } from '../../disk/disk-error.ts';
import { withLock } from '../../disk/lock/lock.ts';
import { ExitCode, UserError } from '../../error.ts';
import type { Environment } from '../source/cache.ts';
import { shellWord } from '../source/shell-word.ts';

/** What would run, and which pack it belongs to. */
export interface PackCode {
  /** As written by the user; a path is absolute. */
  readonly source: string;
  readonly name: string;
  readonly version: string;
  /** The hash of all the pack's files. */
  readonly hash: string;
  /** Modules that would be loaded, below the pack. */
  readonly modules: readonly string[];
  /** Commands that would be run in the project, each an argv array. */
  readonly commands: readonly (readonly string[])[];
}

export interface TrustOptions {
  readonly env: Environment;
  /** `--trust`: for this run, without asking. */
  readonly always: boolean;
  /** Shows what would run and asks; null if there is no one to ask. */
  readonly ask: ((code: PackCode) => Promise<boolean>) | null;
  /** The command that a refusal suggests; by default one that names the source. */
  readonly command?: string;
}

type Trusted = Pick<PackCode, 'source' | 'name' | 'version' | 'hash'>;

/** XDG Base Directory Specification 0.8: a relative path must be ignored. */
export function trustFile(env: Environment): string {
  const base = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : null;
  return join(base ?? join(env.HOME || homedir(), '.config'), 'create-hpserver', 'trust.json');
}

/** Whether the user has agreed, now or before; does not ask. */
export async function isTrusted(code: PackCode, { always, env }: TrustOptions): Promise<boolean> {
  return always || (await readTrusted(trustFile(env))).some((entry) => isSame(entry, code));
}

/** Returns if the code may run. Errors: `UserError` (untrusted pack) if it may not. */
export async function requireTrust(code: PackCode, options: TrustOptions): Promise<void> {
  if (await isTrusted(code, options)) return;
  const file = trustFile(options.env);
  if (options.ask === null || !(await options.ask(code))) throw untrusted(code, options);
  await remember(file, code);
}

/** Locked, because another run may be adding to the list at the same time. */
async function remember(file: string, { source, name, version, hash }: PackCode): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((thrown) => {
    throw asDiskError(thrown, file);
  });
  await withLock(dirname(file), async () => {
    const others = (await readTrusted(file)).filter((entry) => entry.source !== source);
    await writeTrusted(file, [...others, { source, name, version, hash }]);
  });
}

function isEntry(raw: unknown): raw is Trusted {
  if (typeof raw !== 'object' || raw === null) return false;
  const { source, name, version, hash } = raw as Partial<Trusted>;
  return [source, name, version, hash].every((part) => typeof part === 'string');
}

function isSame(entry: Trusted, code: PackCode): boolean {
  return entry.source === code.source && entry.version === code.version && entry.hash === code.hash;
}

/** What would run, for the question and for the refusal. */
export function whatRuns({ modules, commands }: PackCode): readonly string[] {
  return [
    ...modules.map((path) => `the code in ${path}`),
    ...commands.map((argv) => `the command ${argv.map(shellWord).join(' ')}`),
  ];
}

function untrusted(code: PackCode, { command }: TrustOptions): UserError {
  const { source, name, version } = code;
  const runs = whatRuns(code).join(', ');
  const pack = `the pack ${name} ${version} from ${source}`;
  const message = `${pack} would run ${runs}, which you do not trust yet`;
  const line = command ?? `create-hpserver --pack ${shellWord(source)}`;
  const fix = `Read that code first; if you trust it: ${line} --trust`;
  return new UserError(ExitCode.untrustedPack, [{ at: source, message, fix }]);
}

/**
 * True for a pack without code. Even then, what the pack writes may run as soon as the project is
 * installed or built: a build file, or the scripts and dependencies of a package.json.
 */
export function writesOnly({ modules, commands }: PackCode): boolean {
  return modules.length === 0 && commands.length === 0;
}

/** A damaged file grants no trust: the user is asked again. */
async function readTrusted(file: string): Promise<readonly Trusted[]> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    const list = (parsed as { readonly trusted?: unknown } | null)?.trusted;
    return Array.isArray(list) ? list.filter(isEntry) : [];
  } catch (thrown) {
    if (thrown instanceof SyntaxError || errorCode(thrown) === 'ENOENT') return [];
    throw asDiskError(thrown, file);
  }
}

async function writeTrusted(file: string, trusted: readonly Trusted[]): Promise<void> {
  const staged = `${file}.${randomUUID()}`;
  try {
    const text = `${JSON.stringify({ version: 1, trusted }, null, 2)}\n`;
    await writeFile(staged, text, { mode: 0o600, flag: 'wx' });
    await chmod(staged, 0o600);
    await rename(staged, file);
  } catch (thrown) {
    await rm(staged, { force: true });
    throw asDiskError(thrown, file);
  }
}
