/** Applies every addition that comes from a plopfile, in order, in a temporary folder. */

import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Addition } from '../../spec/addition.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Tree } from '../../tree/tree.ts';
import { type Child, endChild, runTask, startChild } from './run-child.ts';
import { readTree, writeTree } from './staging.ts';

export interface Plopfile {
  /** Absolute. */
  readonly path: string;
  /** The user's project, absolute; it need not exist yet. */
  readonly project: string;
  /** The pack's. */
  readonly name: string;
  /** Kind of addition → the plopfile's name for the generator. */
  readonly generators: ReadonlyMap<string, string>;
}

/** How many processes load plop in advance, while others work: each takes 0.3 s and 60 MiB. */
const kAhead = Math.min(4, availableParallelism() + 1);

/**
 * The tree after the plopfile's additions. Errors: `UserError`: usage if an answer is not accepted,
 * failure if an action fails or leaves the folder.
 */
export async function rework(plopfile: Plopfile, tree: Tree, spec: Spec): Promise<Tree> {
  const additions = spec.additions.filter(({ kind }) => plopfile.generators.has(kind));
  if (additions.length === 0) return tree;
  return await withFolder(async (folder) => {
    const destination = join(folder, 'at', folderName(spec));
    await mkdir(destination, { recursive: true });
    await writeTree(tree, destination);
    const start = async (): Promise<Child> => {
      const scratch = await mkdtemp(join(folder, 'tmp-'));
      const { path, project } = plopfile;
      return startChild({ plopfile: path, destination, project, scratch, writes: true });
    };
    const children: Child[] = [];
    try {
      let reworked = tree;
      for (const [at, addition] of additions.entries()) {
        const wanted = Math.min(additions.length, at + kAhead);
        while (children.length < wanted) children.push(await start());
        reworked = await takeOne({ plopfile, addition, child: children[at], before: reworked });
      }
      return reworked;
    } finally {
      for (const child of children) endChild(child);
    }
  });
}

/** Plopfiles use the folder's name as the project's. */
function folderName({ values }: Spec): string {
  const name = String(values.name ?? '');
  return /^[\w-]+$/.test(name) ? name : 'project';
}

interface Step {
  readonly plopfile: Plopfile;
  readonly addition: Addition;
  readonly child: Child | undefined;
  readonly before: Tree;
}

async function takeOne({ plopfile, addition, child, before }: Step): Promise<Tree> {
  if (child === undefined) throw new Error('an addition has no process');
  const { kind, values } = addition;
  const because = `add ${kind}`;
  const generator = plopfile.generators.get(kind) ?? kind;
  await runTask(child, { task: 'take', generator, values }, because);
  const author = { because, prefix: `plop:${plopfile.name}`, plopfile: basename(plopfile.path) };
  return await readTree(child.place.destination, before, author);
}

/** A folder that exists during the call; its path contains no symbolic link. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hpserver-plop-')));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
