/** What was last written: `.hpserver/state.json`, and the base texts beside it. */

import { pathFault } from '../plan/safe-path.ts';
import { isRecord } from '../record.ts';
import type { Owner } from '../spec/owner.ts';
import { reservedIn } from '../spec/words/reserved.ts';
import { sha256 } from './hash.ts';

export const kStateVersion = 3;
export const kStateFolder = '.hpserver';

export interface ManifestFile {
  /** The intent's id: a renamed file keeps it. */
  readonly id: string;
  /** The path at which the generators want the file. */
  readonly path: string;
  readonly owner: Owner;
  readonly mode: 0o644 | 0o755;
  /** The base's hash. */
  readonly sha256: string;
  /** Where the user has moved it. */
  readonly movedTo?: string;
  /**
   * `deleted`: the user deleted the file, and it stays deleted. `stale`: it is no longer planned,
   * but kept because it is the user's.
   */
  readonly fate?: 'deleted' | 'stale';
}

export interface Manifest {
  readonly version: typeof kStateVersion;
  /** The create-hpserver that wrote it. */
  readonly tool: string;
  /** Sorted by path. */
  readonly files: readonly ManifestFile[];
}

/** A manifest with the texts it refers to. */
export interface Written {
  readonly manifest: Manifest;
  /** By hash. */
  readonly bases: ReadonlyMap<string, string>;
  /**
   * Hashes of bases that were found elsewhere, or in an older version's format; absent if there are
   * none.
   */
  readonly misplaced?: ReadonlySet<string>;
}

/** As if there had never been a run. */
export const kNothingWritten: Written = {
  manifest: { version: kStateVersion, tool: 'unknown', files: [] },
  bases: new Map(),
};

export interface StateFile {
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644;
}

export const kStatePath: string = `${kStateFolder}/state.json`;

/** The state files whose text doesn't follow from their name. */
export const kStateRecords: readonly string[] = [
  kStatePath,
  `${kStateFolder}/.gitattributes`,
  `${kStateFolder}/.gitignore`,
];

export const kBaseFolder: string = `${kStateFolder}/base`;

/** Where a base is stored. Its name is its hash, so no compiler takes it for a source. */
export function basePath(hash: string): string {
  return `${kBaseFolder}/${hash}`;
}

/**
 * The text of a base as stored: each line starts with the first characters of the base's hash.
 * Without that, git would take a deleted and a new base for a rename if half of their lines were
 * the same, and if two branches both "renamed" the same base, they would conflict. See
 * gitdiffcore(7), diffcore-rename.
 */
export function storedBase(hash: string, text: string): string {
  const mark = markOf(hash);
  return mark + text.replaceAll('\n', `\n${mark}`);
}

/** The text of a stored base; null if it is damaged, or was stored by a version before 3. */
export function textOfBase(hash: string, stored: string): string | null {
  const mark = markOf(hash);
  if (!stored.startsWith(mark)) return null;
  const text = stored.slice(mark.length).replaceAll(`\n${mark}`, '\n');
  return sha256(text) === hash ? text : null;
}

function markOf(hash: string): string {
  return `${hash.slice(0, 12)} `;
}

/** Files that belong to this machine and to this moment, so git ignores them. */
const kIgnored = 'txn/\nundo/\nlock*\n';

/** Keeps line ending conversion and merges from changing a single byte. */
const kAttributes = '* -text\nbase/* binary linguist-generated\n';

/** The files in the state folder. */
export function stateFiles({ manifest, bases }: Written): readonly StateFile[] {
  const texts = [
    [kStatePath, `${JSON.stringify(printable(manifest), null, 2)}\n`],
    [`${kStateFolder}/.gitattributes`, kAttributes],
    [`${kStateFolder}/.gitignore`, kIgnored],
    ...[...bases].map(([hash, text]) => [basePath(hash), storedBase(hash, text)]),
  ] as const;
  return texts.map(([path = '', text = '']) => ({ path, text, mode: 0o644 }));
}

/** The manifest with modes in octal, as people read them. */
function printable(manifest: Manifest): object {
  const files = manifest.files.map((file) => ({ ...file, mode: file.mode.toString(8) }));
  return { ...manifest, files };
}

/** The manifest in a parsed `state.json`, or why it isn't one. */
export function readManifest(document: unknown): Manifest | string {
  if (!isRecord(document)) return 'it is not a JSON object';
  const reserved = reservedIn(document);
  if (reserved !== null) return `it has the key "${reserved}", which JavaScript reserves`;
  const { version, tool, files } = document;
  if (![1, 2, kStateVersion].includes(Number(version))) {
    return `its version is ${JSON.stringify(version)}, but this one reads up to ${kStateVersion}`;
  }
  if (typeof tool !== 'string' || !Array.isArray(files)) return 'it has no "tool" or no "files"';
  const read = files.map(fileOf);
  const faulty = read.findIndex((file) => typeof file === 'string');
  if (faulty >= 0) return `files[${faulty}] ${read[faulty]}`;
  return { version: kStateVersion, tool, files: read.filter((file) => typeof file !== 'string') };
}

const kFates = ['deleted', 'stale'] as const;

/** The file, or what is wrong with it. */
function fileOf(raw: unknown): ManifestFile | string {
  if (!isRecord(raw)) return 'is not a file entry';
  const { id, path, owner, mode, sha256: hash, movedTo, fate } = raw;
  const isOwner = owner === 'generated' || owner === 'merged' || owner === 'user';
  const bits = mode === '755' ? 0o755 : 0o644;
  if (typeof id !== 'string' || typeof path !== 'string' || !isOwner) return 'is not a file entry';
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return 'has no valid sha256';
  // The record comes with a clone, so its paths are checked like those of a generator.
  for (const place of [path, ...(typeof movedTo === 'string' ? [movedTo] : [])]) {
    const fault = pathFault(place);
    if (fault !== null) return `names ${JSON.stringify(place)}, which ${fault}`;
  }
  const known = kFates.find((each) => each === fate);
  return {
    ...{ id, path, owner, mode: bits, sha256: hash },
    ...(typeof movedTo === 'string' ? { movedTo } : {}),
    ...(known === undefined ? {} : { fate: known }),
  };
}

/** Files with their texts → what is recorded about them. */
export function writtenOf(
  files: readonly (Omit<ManifestFile, 'sha256'> & { readonly base: string })[],
  tool: string,
): Written {
  const bases = new Map<string, string>();
  const entries = files.map(({ base, ...file }): ManifestFile => {
    const hash = sha256(base);
    bases.set(hash, base);
    const { id, path, owner, mode, ...rest } = file;
    return { id, path, owner, mode, sha256: hash, ...rest };
  });
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { manifest: { version: kStateVersion, tool, files: sorted }, bases };
}
