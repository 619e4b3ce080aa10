/** A source → its document and files, with their form checked. None of its code is loaded. */

import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { PackReference, PinnedPack } from '../../spec/spec.ts';
import {
  codeOf,
  isPlopfile,
  kBuiltIn,
  kDocumentName,
  type PackDocument,
} from '../document/document.ts';
import { readDocument } from '../document/read-document.ts';
import { isCode, isOwn } from '../plopfile/contents/code-paths.ts';
import type { Child } from '../source/child.ts';
import { type OpenOptions, openSource } from '../source/open-source.ts';
import { type PackFolder, textOf } from '../source/pack-folder.ts';
import { parseSource } from '../source/reference.ts';
import { identityOf } from './identity.ts';
import type { PackCode } from './trust.ts';

export interface OpenPack {
  /** The source as written, by the user or by the pack that extends this one. */
  readonly source: string;
  /** The source in a form that is the same from any directory: trust is bound to it. */
  readonly place: string;
  readonly folder: PackFolder;
  /** The hash of its files, if fetched or unpacked; null for a folder, which may change. */
  readonly sha256: string | null;
  /** Null for a folder with a plopfile. */
  readonly document: PackDocument | null;
}

const kMaxParents = 8;

/**
 * The pack and its ancestors, the oldest first. Errors: `UserError` (usage) for anything that isn't
 * a pack, and for parents that form a circle or are too many.
 */
export async function openChain(
  source: string,
  options: ChainOptions,
): Promise<readonly OpenPack[]> {
  const { env, isLook, pins = [] } = options;
  const chain: OpenPack[] = [];
  let next: string | null = source;
  let open: OpenOptions = options;
  while (next !== null) {
    const pack: OpenPack = await openPack(next, open);
    refuseChain(pack, chain);
    chain.unshift(pack);
    next = parentOf(pack);
    const pin = pins.find((each) => each.source === next);
    const child = childOf(pack, options.directory);
    open = { env, isLook, directory: pack.folder.root, child, ...(pin ? { pin } : {}) };
  }
  return chain;
}

export interface ChainOptions extends OpenOptions {
  /** The parents' versions and hashes when the pack was last used. */
  readonly pins?: readonly PinnedPack[];
}

function childOf({ source, folder }: OpenPack, project: string): Child {
  const reference = parseSource(source, folder.root);
  return { source, project, packageName: reference.kind === 'npm' ? reference.name : null };
}

/** How `hpserver.json` refers to the last pack of a chain, with its parents pinned. */
export function referenceOf(chain: readonly OpenPack[]): PackReference | null {
  const [top, ...parents] = chain.toReversed();
  if (top === undefined) return null;
  const pins = parents.flatMap((parent) => {
    const { source, sha256 } = parent;
    return sha256 === null ? [] : [{ source, version: identityOf(parent).version, sha256 }];
  });
  return {
    source: top.source,
    ...identityOf(top),
    ...(top.sha256 === null ? {} : { sha256: top.sha256 }),
    ...(pins.length === 0 ? {} : { parents: pins }),
  };
}

/** The pack's code that would run, and the hash that trust in it is bound to. */
export function codeIn({ place, folder, document }: OpenPack): PackCode {
  const own = [...folder.files.keys()].filter((path) => isCode(path) && isOwn(path));
  return {
    source: place,
    ...identityOf({ folder, document }),
    hash: folder.hash,
    modules: document === null ? own : codeOf(document),
    commands: document?.hooks ?? [],
  };
}

/** Errors: `UserError` (usage) for anything that isn't a pack. */
export async function openPack(source: string, options: OpenOptions): Promise<OpenPack> {
  const folder = await openSource(source, options);
  const reference = parseSource(source, options.directory);
  const place = 'path' in reference ? reference.path : source;
  const sha256 = reference.kind === 'folder' ? null : folder.hash;
  const text = textOf(folder, kDocumentName);
  if (text === null) {
    const hasPlopfile = [...folder.files.keys()].some(isPlopfile);
    if (hasPlopfile) return { source, place, folder, sha256, document: null };
    const message = `${source} is not a pack: it has neither a ${kDocumentName} nor a plopfile`;
    const fix =
      'path' in reference
        ? `Create one there: create-hpserver pack new ${source}`
        : `Add a ${kDocumentName} to it.`;
    throw refusal([{ at: source, message, fix }]);
  }
  const read = await readDocument(text);
  if (!read.ok)
    throw refusal(read.issues.map((issue) => ({ ...issue, at: `${source}/${issue.at}` })));
  return { source, place, folder, sha256, document: read.document };
}

function parentOf({ document, source, folder }: OpenPack): string | null {
  if (document === null || document.extends === kBuiltIn) return null;
  const reference = parseSource(document.extends, folder.root);
  const isHere = 'path' in parseSource(source, folder.root);
  if (!('path' in reference) || isHere) return document.extends;
  const message = `${source} extends the folder ${document.extends}, but only a folder can do that`;
  const fix = 'Make it extend an npm package or a git commit.';
  throw refusal([{ at: source, message, fix }]);
}

function refuseChain(pack: OpenPack, chain: readonly OpenPack[]): void {
  const line = [pack, ...chain].map(({ source }) => source).reverse();
  if (chain.some(({ folder }) => folder.hash === pack.folder.hash)) {
    const message = `these packs extend each other in a circle: ${line.join(' → ')}`;
    throw refusal([{ at: pack.source, message, fix: 'Remove one "extends".' }]);
  }
  if (chain.length > kMaxParents) {
    const message = `more than ${kMaxParents} packs extend each other: ${line.join(' → ')}`;
    throw refusal([{ at: pack.source, message, fix: 'Combine some of them.' }]);
  }
}

function refusal(issues: readonly Issue[]): UserError {
  return new UserError(ExitCode.usage, issues);
}
