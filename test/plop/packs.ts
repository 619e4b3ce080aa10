/** Plopfiles and trees for tests: what we make of them, and what plop itself does. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Pack } from '../../src/pack/pack.ts';
import { loadPlopfile, type Surroundings } from '../../src/pack/plopfile/load-plopfile.ts';
import type { Addition } from '../../src/spec/addition.ts';
import { kNoExtras, kSpecVersion, type Spec } from '../../src/spec/spec.ts';
import type { Tree } from '../../src/tree/tree.ts';

const kPlop = fileURLToPath(new URL('../../node_modules/.bin/plop', import.meta.url));
const kTsx = fileURLToPath(new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url));

export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

const made: string[] = [];
// Within a test it would be too late for a hook.
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder, removed when the file's tests end. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hpserver-wild-')));
  made.push(folder);
  return folder;
}

/** A folder with these files. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  writeFiles(folder, Object.entries(files));
  return folder;
}

function writeFiles(folder: string, files: Iterable<readonly [string, string]>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A pack from its folder; it reads an empty project by default. */
export async function packIn(
  folder: string,
  { project = emptyFolder(), taken = [] }: Partial<Surroundings> = {},
): Promise<Pack> {
  const reference = { source: folder, name: basename(folder), version: '1.0.0' };
  return await loadPlopfile(folder, reference, { project, taken });
}

export function specOf(...additions: readonly Addition[]): Spec {
  return { version: kSpecVersion, values: { name: 'demo' }, ...kNoExtras, additions };
}

export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  return Object.entries(texts)
    .map(([path, text]) => {
      return { id: `x/${path}`, path, text, mode: 0o644, owner: 'merged', because: [] } as const;
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The tree with what the pack makes of the additions. */
export async function reworked(
  pack: Pack,
  tree: Tree,
  ...additions: readonly Addition[]
): Promise<Tree> {
  if (pack.rework === undefined) throw new Error('the pack has no code');
  return await pack.rework(tree, specOf(...additions));
}

export interface PlopRun {
  readonly folder: string;
  readonly plopfile: string;
  /** Generator and answers, for its command line; prompts left out get Enter. */
  readonly args: readonly string[];
}

/** Runs plop itself in the folder, which holds the tree; returns its status. */
export async function runPlop({ folder, plopfile, args }: PlopRun): Promise<number> {
  const options = ['--plopfile', plopfile, '--dest', folder, '--no-progress'];
  const loader = plopfile.endsWith('.ts') ? ['--import', kTsx] : [];
  const child = spawn(process.execPath, [...loader, kPlop, ...options, ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      // Inquirer's mark for a question waiting for its answer.
      if (text.includes('?') && !text.includes('✔')) child.stdin.write('\r');
    });
  }
  const [status] = await once(child, 'close');
  return Number(status);
}

/** A folder that holds the tree. */
export function folderWith(tree: Tree): string {
  const folder = emptyFolder();
  writeFiles(
    folder,
    tree.map(({ path, text }) => [path, text] as const),
  );
  for (const { path, mode } of tree) chmodSync(join(folder, path), mode);
  return folder;
}

/** Path → mode and text of everything in the folder. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true }).map(String).sort();
  const files = paths.filter((path) => lstatSync(join(folder, path)).isFile());
  return Object.fromEntries(
    files.map((path) => {
      const place = join(folder, path);
      const isProgram = (lstatSync(place).mode & 0o100) !== 0;
      return [path, `${isProgram ? 'x' : '-'} ${readFileSync(place, 'utf8')}`];
    }),
  );
}

/** The same for a tree. */
export function contentOfTree(tree: Tree): Readonly<Record<string, string>> {
  const entries = tree.map(({ path, text, mode }) => {
    return [path, `${mode === 0o755 ? 'x' : '-'} ${text}`] as const;
  });
  return Object.fromEntries(entries);
}
