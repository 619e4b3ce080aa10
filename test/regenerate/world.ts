/** Projects without a disk: rendered once, then merged repeatedly, at memory speed. */

import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import type { ChangeSet } from '../../src/merge/change-set.ts';
import { type Merged, merge } from '../../src/merge/merge.ts';
import { findMoved } from '../../src/merge/moves.ts';
import { missingOf, pathsOf } from '../../src/merge/place.ts';
import { assemble } from '../../src/plan/assemble.ts';
import { catalog, parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import type { Answers } from '../../src/spec/question.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { stateFiles, type Written } from '../../src/tree/manifest.ts';
import type { Snapshot } from '../../src/tree/snapshot.ts';
import type { Tree } from '../../src/tree/tree.ts';

const assets = packagedAssets();

/** Each file's text, by path: including the user's files, but not the generator's state. */
export type Disk = ReadonlyMap<string, string>;

export interface World {
  readonly disk: Disk;
  readonly written: Written | null;
}

export const kEmpty: World = { disk: new Map(), written: null };

export function specOf(answers: Answers): Spec {
  const parsed = parse(answers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.spec;
}

export function renderedTree(spec: Spec): Promise<Tree> {
  return render(assemble(generators, spec, assets), assets);
}

/** What a run would do in this world. */
export function mergeInto(world: World, tree: Tree): Promise<Merged> {
  const paths = pathsOf(world.written, tree);
  const at = (wanted: Iterable<string>): Snapshot =>
    new Map(
      [...wanted].flatMap((path) => {
        const text = world.disk.get(path);
        return text === undefined ? [] : [[path, { text, mode: 0o644, isPlain: true }] as const];
      }),
    );
  const standing = at(paths);
  const strays = new Map([...world.disk].filter(([path]) => !standing.has(path)));
  const moved = findMoved(missingOf(world.written, standing), strays);
  return merge({
    written: world.written,
    tree,
    standing: at([...paths, ...moved.values()]),
    moved,
    renames: catalog.renames,
    restore: new Set(),
    spec: { owners: {} },
    tool: '0.0.0',
  });
}

/** The world after the changes; conflicts are left as they are. */
export function applied(world: World, { changes, written }: Merged): World {
  const disk = new Map(world.disk);
  for (const { from, path, action, text } of changes) {
    if (from !== undefined && text !== undefined) disk.delete(from);
    if (action === 'delete') disk.delete(path);
  }
  for (const { path, text } of changes) if (text !== undefined) disk.set(path, text);
  return { disk, written };
}

/** True if applying them would write a byte, including the records. */
export function writesSomething(world: World, { changes, written }: Merged): boolean {
  const before = world.written === null ? [] : stateFiles(world.written);
  const isSame = JSON.stringify(before) === JSON.stringify(stateFiles(written));
  return !isSame || changes.some(({ text, action }) => text !== undefined || action === 'delete');
}

/** The paths of the files in conflict. */
export function conflicting(changes: ChangeSet): ReadonlySet<string> {
  return new Set(changes.flatMap(({ path, from, conflict }) => (conflict ? [from ?? path] : [])));
}
