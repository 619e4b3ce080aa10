/** A project on the disk for commands that need one, and its observable state. */

import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fastFolder, type Run, run } from '../cli/program.ts';

export type Language = 'cpp' | 'typescript';

export interface Project {
  readonly directory: string;
  /** Runs a command in it, in this process. */
  readonly command: (...args: readonly string[]) => Promise<Run>;
  readonly read: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  readonly edit: (path: string, change: (text: string) => string) => void;
  /** Every file with its bytes and mode, except what undo keeps for itself. */
  readonly bytes: () => ReadonlyMap<string, string>;
  /** `uid:gid` of everything in it, including `.hpserver/undo`. */
  readonly owners: () => Map<string, string>;
}

const root = fastFolder();
const masters = new Map<Language, string>();

/** A fresh copy of that language's default project; `parent` if it is to be executed. */
export async function newProject(
  language: Language = 'cpp',
  parent: string = root,
): Promise<Project> {
  const folder = mkdtempSync(join(parent, 'project-'));
  const directory = join(folder, 'my-server');
  cpSync(await masterOf(language), directory, { recursive: true });
  return projectIn(directory);
}

async function masterOf(language: Language): Promise<string> {
  const known = masters.get(language);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(root, 'master-'));
  const flags = ['--language', language, '--yes', '--no-build', '--no-git'];
  const { status, err } = await run(['my-server', ...flags], { cwd: folder });
  if (status !== 0) throw new Error(err);
  masters.set(language, join(folder, 'my-server'));
  return join(folder, 'my-server');
}

export function projectIn(directory: string): Project {
  const read = (path: string) => readFileSync(join(directory, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(directory, path), text);
  return {
    directory,
    command: (...args) => run(args, { cwd: directory }),
    read,
    write,
    edit: (path, change) => write(path, change(read(path))),
    bytes: () => bytesOf(directory),
    owners: () => ownersOf(directory),
  };
}

function bytesOf(directory: string): ReadonlyMap<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(directory, '.hpserver/undo')));
  return new Map(
    files.sort().map((file) => {
      const mode = (statSync(file).mode & 0o777).toString(8);
      return [file.slice(directory.length + 1), `${mode} ${readFileSync(file, 'latin1')}`];
    }),
  );
}

function ownersOf(directory: string): Map<string, string> {
  const paths = ['', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })];
  return new Map(
    paths.map((path) => {
      const { uid, gid } = lstatSync(join(directory, path));
      return [path, `${uid}:${gid}`];
    }),
  );
}

/** Paths whose bytes or mode differ. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
}

export interface FileReport {
  readonly path: string;
  readonly action: string;
  readonly because: readonly string[];
  readonly why?: string;
  readonly conflict?: string;
}

export interface UpdateReport {
  readonly written: boolean;
  readonly differences: readonly string[];
  readonly files: readonly FileReport[];
}

export function reportOf({ status, out, err }: Run): UpdateReport {
  if (out === '') throw new Error(`no report, status ${status}: ${err}`);
  return JSON.parse(out) as UpdateReport;
}
