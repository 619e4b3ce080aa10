/** Runs rehearsals: processes that may be killed, in their own folders and on their own disks. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';

/** A folder removed when the file's tests end. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'transaction-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Built once: a compiling loader would take longer than the rehearsal. */
export function builtRehearsal(folder: string): string {
  const entry = fileURLToPath(new URL('rehearsal.ts', import.meta.url));
  const outfile = join(folder, 'rehearsal.mjs');
  // Journals record which version wrote them.
  writeFileSync(join(folder, 'package.json'), '{"version": "0.0.0"}');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  /** The last line it printed, parsed; null: none. */
  readonly result: unknown;
  readonly err: string;
}

/** Calls run one after the other, so the nth call of a kind is always the same. */
const kEnv = { ...process.env, UV_THREADPOOL_SIZE: '1' };

export function run([program = '', ...args]: readonly string[], cwd: string): Ended {
  const { status, signal, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: kEnv,
    encoding: 'utf8',
  });
  const last = stdout?.trim().split('\n').at(-1) ?? '';
  return { status, signal, result: last === '' ? null : JSON.parse(last), err: stderr ?? '' };
}

export function start([program = '', ...args]: readonly string[], cwd: string): ChildProcess {
  return spawn(program, args, { cwd, env: kEnv, stdio: ['pipe', 'pipe', 'inherit'] });
}

const isRoot = process.getuid?.() === 0;

/** Runs a shell script that may mount, in a namespace whose mounts disappear with it. */
export function inNamespace(script: string, cwd: string, ...args: readonly string[]): Ended {
  const namespace = ['unshare', '--mount', ...(isRoot ? [] : ['--map-root-user'])];
  return run([...namespace, 'sh', '-ec', script, 'sh', ...args], cwd);
}

/** Whether `inNamespace` works here: containers and kernels may forbid it. */
export function mayMount(cwd: string): boolean {
  return inNamespace('mount -t tmpfs none .', cwd).status === 0;
}

/**
 * A command prefix that drops the capability which lets a superuser write everywhere:
 * capabilities(7).
 */
export const kMortal: readonly string[] = isRoot
  ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override']
  : [];
