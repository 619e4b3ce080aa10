/** Runs commands as a user would, each in a folder of its own. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { fail } from '../../src/cli/failure.ts';
import { run as runCommand } from '../../src/cli/main.ts';
import type { Host, Output } from '../../src/console/host.ts';
import { kFastFolder } from '../../src/disk/testing.ts';

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
  /** What is said to be so on this machine; nothing by default. */
  readonly machine?: Readonly<Record<string, string>>;
}

/**
 * Runs a command in this process, as `bin.ts` does, without the third of a second that a start
 * takes. What the command itself starts (git, CMake) sees this process's environment: where `env`
 * is for those, `runBuilt` is right. Without a terminal.
 */
export async function run(args: readonly string[], options: RunOptions): Promise<Run> {
  const said = { out: '', err: '' };
  const output = (name: keyof typeof said): Output => ({
    write: (text) => {
      said[name] += text;
    },
    terminal: false,
    columns: 80,
  });
  const host: Host = {
    args,
    env: environment(options),
    cwd: options.cwd,
    out: output('out'),
    err: output('err'),
    interactive: false,
    readStdin: async () => options.input ?? '',
    machine: async () => options.machine ?? {},
  };
  const status = await runCommand(host).catch((thrown: unknown) => fail(host, thrown));
  return { status, ...said };
}

/** Runs the built program in a process of its own: for what is the process's own matter. */
export function runBuilt(args: readonly string[], options: RunOptions): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [kBin, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    env: environment(options),
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** Without colours; the variables that npm set for the tests do not reach a command. */
function environment({ env = {} }: RunOptions): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  return { ...Object.fromEntries(own), NO_COLOR: '1', ...env };
}

/** An empty folder that goes when the file's tests end: what stands in it may be executed. */
export function emptyFolder(): string {
  return folderIn(tmpdir());
}

/** The same in memory, for files alone. */
export function fastFolder(): string {
  return folderIn(kFastFolder);
}

function folderIn(place: string): string {
  const folder = mkdtempSync(join(place, 'hpserver-cli-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
// Here, because one that is asked for within a test cannot have a hook of its own any more.
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Everything below the folder, sorted; a tree is untouched where two of them are equal. */
export function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

/** The output of a program that has to succeed. */
export function output(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, [...args], { cwd, encoding: 'utf8' });
}
