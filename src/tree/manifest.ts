/** What was written last: `.hpserver/state.json`, and the base texts beside it. */

import type { Owner } from '../spec/owner.ts';
import { sha256 } from './hash.ts';
import type { Tree } from './tree.ts';

export const kStateVersion = 1;
export const kStateFolder = '.hpserver';

export interface ManifestFile {
  /** The template's id: a renamed file keeps it. */
  readonly id: string;
  readonly path: string;
  readonly owner: Owner;
  readonly mode: 0o644 | 0o755;
  readonly sha256: string;
}

export interface Manifest {
  readonly version: typeof kStateVersion;
  /** The create-hpserver that wrote it. */
  readonly tool: string;
  /** Sorted by path. */
  readonly files: readonly ManifestFile[];
}

/** The record of a tree. */
export function manifestOf(tree: Tree, tool: string): Manifest {
  const files = tree.map(({ id, path, owner, mode, text }) => {
    return { id, path, owner, mode, sha256: sha256(text) };
  });
  return { version: kStateVersion, tool, files };
}

export interface StateFile {
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644;
}

/**
 * The files of the state folder. A base is named by its hash, so that no test runner, compiler or
 * formatter of the project takes it for a source.
 */
export function stateFiles(tree: Tree, tool: string): readonly StateFile[] {
  const state = `${JSON.stringify(printable(manifestOf(tree, tool)), null, 2)}\n`;
  const bases = new Map(tree.map(({ text }) => [`${kStateFolder}/base/${sha256(text)}`, text]));
  const texts = [[`${kStateFolder}/state.json`, state] as const, ...bases];
  return texts.map(([path, text]) => ({ path, text, mode: 0o644 }));
}

/** Modes are octal to people. */
function printable(manifest: Manifest): object {
  const files = manifest.files.map((file) => ({ ...file, mode: file.mode.toString(8) }));
  return { ...manifest, files };
}
