/** Runs the built program as a user would: a process of its own, in a folder of its own. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** `npm run build` makes it. */
export const kBin: string = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Without a terminal; the variables that npm set for the tests do not reach it. */
export function run(args: readonly string[], { cwd, input = '', env = {} }: RunOptions): Run {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [kBin, ...args], {
    cwd,
    input,
    env: { ...Object.fromEntries(own), NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** An empty folder that goes when the file's tests end. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hpserver-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Everything below the folder, sorted; a tree is untouched where two of them are equal. */
export function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

/** The output of a program that has to succeed. */
export function output(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, [...args], { cwd, encoding: 'utf8' });
}
