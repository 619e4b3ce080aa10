/** Runs commands as a user would, each in its own folder. */

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

/** Created by `npm run build`. */
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
  /** The pretended facts about this machine; none by default. */
  readonly machine?: Readonly<Record<string, string>>;
}

/**
 * Runs a command in this process, as `bin.ts` does, but without the third of a second it takes to
 * start. Programs the command starts (git, CMake) see this process's environment: if `env` is meant
 * for those, use `runBuilt`. Without a terminal.
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

/** Runs the built program in a separate process: for tests of the process itself. */
export function runBuilt(args: readonly string[], options: RunOptions): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [kBin, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    env: environment(options),
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** Without colours; the variables that npm set for the tests are kept from the command. */
function environment({ env = {} }: RunOptions): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  return { ...Object.fromEntries(own), NO_COLOR: '1', ...env };
}

/** An empty folder, removed when the file's tests end; files in it may be executed. */
export function emptyFolder(): string {
  return folderIn(tmpdir());
}

/** The same in memory, if nothing in it is executed. */
export function fastFolder(): string {
  return folderIn(kFastFolder);
}

function folderIn(place: string): string {
  const folder = mkdtempSync(join(place, 'hpserver-cli-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
// Registered here, because a folder requested within a test can no longer register a hook.
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Everything below the folder, sorted; a tree is untouched if two of these are equal. */
export function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

/** The output of a program that must succeed. */
export function output(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, [...args], { cwd, encoding: 'utf8' });
}
