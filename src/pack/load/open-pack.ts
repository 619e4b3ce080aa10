/** A source → its document and files, checked in their form. None of its code is loaded. */

import { ExitCode, type Issue, UserError } from '../../error.ts';
import { isPlopfile, kBuiltIn, kDocumentName, type PackDocument } from '../document/document.ts';
import { readDocument } from '../document/read-document.ts';
import { type OpenOptions, openSource } from '../source/open-source.ts';
import { type PackFolder, textOf } from '../source/pack-folder.ts';
import { parseSource } from '../source/reference.ts';

export interface OpenPack {
  /** As it was written. */
  readonly source: string;
  /** The same wherever one stands: trust is bound to it. */
  readonly place: string;
  readonly folder: PackFolder;
  /** Null for a folder with a plopfile. */
  readonly document: PackDocument | null;
}

const kMaxParents = 8;

/**
 * The pack behind its parents, the eldest first.
 * Errors: `UserError` (usage) for what is no pack, and for parents in a circle or without an end.
 */
export async function openChain(
  source: string,
  options: OpenOptions,
): Promise<readonly OpenPack[]> {
  const chain: OpenPack[] = [];
  let next: string | null = source;
  let directory = options.directory;
  while (next !== null) {
    const isFirst = chain.length === 0;
    const pack: OpenPack = await openPack(
      next,
      isFirst ? options : { env: options.env, directory },
    );
    refuseChain(pack, chain);
    chain.unshift(pack);
    next = parentOf(pack);
    directory = pack.folder.root;
  }
  return chain;
}

/** Errors: `UserError` (usage) for what is no pack. */
export async function openPack(source: string, options: OpenOptions): Promise<OpenPack> {
  const folder = await openSource(source, options);
  const reference = parseSource(source, options.directory);
  const place = 'path' in reference ? reference.path : source;
  const text = textOf(folder, kDocumentName);
  if (text === null) {
    const hasPlopfile = [...folder.files.keys()].some(isPlopfile);
    if (hasPlopfile) return { source, place, folder, document: null };
    const message = `${source} is no pack: it has neither a ${kDocumentName} nor a plopfile`;
    const fix =
      'path' in reference
        ? `Begin one there: create-hpserver pack new ${source}`
        : `Write a ${kDocumentName} into it.`;
    throw refusal([{ at: source, message, fix }]);
  }
  const read = await readDocument(text);
  if (!read.ok)
    throw refusal(read.issues.map((issue) => ({ ...issue, at: `${source}/${issue.at}` })));
  return { source, place, folder, document: read.document };
}

function parentOf({ document, source, folder }: OpenPack): string | null {
  if (document === null || document.extends === kBuiltIn) return null;
  const reference = parseSource(document.extends, folder.root);
  const isHere = 'path' in parseSource(source, folder.root);
  if (!('path' in reference) || isHere) return document.extends;
  const message = `the pack ${source} extends ${document.extends}, which only a folder can`;
  const fix = 'Let it extend an npm package or a git commit.';
  throw refusal([{ at: source, message, fix }]);
}

function refuseChain(pack: OpenPack, chain: readonly OpenPack[]): void {
  const line = [pack, ...chain].map(({ source }) => source).reverse();
  if (chain.some(({ folder }) => folder.hash === pack.folder.hash)) {
    const message = `these packs extend each other in a circle: ${line.join(' → ')}`;
    throw refusal([{ at: pack.source, message, fix: 'Take one "extends" away.' }]);
  }
  if (chain.length > kMaxParents) {
    const message = `more than ${kMaxParents} packs extend each other: ${line.join(' → ')}`;
    throw refusal([{ at: pack.source, message, fix: 'Put some of them together.' }]);
  }
}

function refusal(issues: readonly Issue[]): UserError {
  return new UserError(ExitCode.usage, issues);
}
