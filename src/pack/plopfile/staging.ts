/** Writes a tree to a folder, for a plopfile's actions to work on, and reads the result back. */

import { chmod, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExitCode, UserError } from '../../error.ts';
import { pathFault } from '../../plan/safe-path.ts';
import type { Tree, TreeFile } from '../../tree/tree.ts';

/** No project has this many files: a loop that writes files ends here. */
const kMaxFiles = 10_000;
const kMaxBytes = 64 * 1024 * 1024;
/** Left out: installed packages belong to the machine, not to the project. */
const kNotRead = 'node_modules';

export interface Author {
  /** `add component`. */
  readonly because: string;
  /** The prefix of new files' ids: `plop:ours`. */
  readonly prefix: string;
  readonly plopfile: string;
}

export async function writeTree(tree: Tree, folder: string): Promise<void> {
  for (const { path, text, mode } of tree) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text, { mode });
    // Set again, because the umask has changed the mode.
    await chmod(place, mode);
  }
}

/**
 * The tree that the folder now contains. For every new or changed file, `author` is a reason.
 * Errors: `UserError` (failure) for links, bytes that aren't UTF-8, forbidden paths, and files that
 * are too many or too large.
 */
export async function readTree(folder: string, before: Tree, author: Author): Promise<Tree> {
  const known = new Map(before.map((file) => [file.path, file]));
  const paths = await pathsIn(folder, author);
  refuseCollisions(paths, author);
  const files: TreeFile[] = [];
  let bytes = 0;
  for (const path of paths) {
    const { size, mode } = await lstat(join(folder, path));
    bytes += size;
    if (bytes > kMaxBytes) throw refusal(author, path, `exceeds ${kMaxBytes} bytes in all`);
    const text = await textOf(folder, path, author);
    const found = { path, text, mode: (mode & 0o100) === 0 ? 0o644 : 0o755 } as const;
    files.push(attributed(found, known.get(path), author));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function attributed(
  found: Pick<TreeFile, 'path' | 'text' | 'mode'>,
  before: TreeFile | undefined,
  { because, prefix }: Author,
): TreeFile {
  if (before === undefined) {
    return { ...found, id: `${prefix}/${found.path}`, owner: 'merged', because: [because] };
  }
  if (before.text === found.text && before.mode === found.mode) return before;
  return { ...before, ...found, because: [...new Set([...before.because, because])] };
}

async function pathsIn(folder: string, author: Author): Promise<readonly string[]> {
  const paths: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (entry.name === kNotRead) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const fault = pathFault(path);
      if (fault !== null) throw refusal(author, path, fault);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) paths.push(path);
      else throw refusal(author, path, 'is neither a file nor a folder');
      if (paths.length > kMaxFiles) throw refusal(author, path, `exceeds ${kMaxFiles} files`);
    }
  };
  await walk('');
  return paths;
}

/** On a file system that ignores case, they would be the same file. */
function refuseCollisions(paths: readonly string[], author: Author): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const other = seen.get(path.toLowerCase());
    if (other !== undefined) throw refusal(author, path, `differs from "${other}" only in case`);
    seen.set(path.toLowerCase(), path);
  }
}

async function textOf(folder: string, path: string, author: Author): Promise<string> {
  const bytes = await readFile(join(folder, path));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal(author, path, 'is not UTF-8, but a project contains only text');
  }
}

function refusal({ because, plopfile }: Author, path: string, fault: string): UserError {
  const message = `it leaves "${path}" behind, which ${fault}`;
  const fix = 'Nothing was written. Change the answers or the plopfile.';
  return new UserError(ExitCode.failure, [{ at: `${plopfile}: ${because}`, message, fix }]);
}
