/**
 * Declared lists within a file are merged as sets before its lines are: all three texts get the
 * merged list, so that no line of it can conflict any more.
 */

import type { Registration } from '../../../plan/generator.ts';
import { mapThree, type Three } from '../three.ts';
import { findChain, layChain } from '../typescript/chain.ts';
import { findImports } from '../typescript/imports.ts';
import { mergeImports } from '../typescript/merge-imports.ts';
import {
  isTypeScriptPath,
  loadTypeScript,
  parseTypeScript,
  type TypeScript,
  typeScriptFault,
} from '../typescript/typescript.ts';
import { mergeListLines } from './list-lines.ts';
import {
  mergePieces,
  mergeWhole,
  type Piece,
  type Region,
  textOfPieces,
  withQuotesOf,
} from './pieces.ts';

/** A list that a side lacks, or that is no set, is left to the lines. */
export async function mergeRegistrations(
  path: string,
  texts: Three<string>,
  registrations: readonly Registration[],
): Promise<Three<string>> {
  const lists = registrations.filter((list) => list.kind === 'lines');
  const inTypeScript = registrations.filter((list) => list.kind !== 'lines');
  const merged = lists.reduce((sides, list) => mergeListLines(sides, list) ?? sides, texts);
  if (inTypeScript.length === 0 || !isTypeScriptPath(path)) return merged;
  return mergeInTypeScript(path, merged, inTypeScript);
}

type InTypeScript = Exclude<Registration, { kind: 'lines' }>;

async function mergeInTypeScript(
  path: string,
  texts: Three<string>,
  lists: readonly InTypeScript[],
): Promise<Three<string>> {
  const ts = await loadTypeScript();
  // What is broken would be found in the wrong place.
  const faults = mapThree(texts, (text) => typeScriptFault(ts, path, text));
  if (faults.base !== null || faults.disk !== null || faults.next !== null) return texts;
  return lists.reduce((sides, list) => {
    const search = { ts, path, texts: sides };
    const merged =
      list.kind === 'typescript-imports' ? fillImports(search) : fillChain(search, list.variable);
    return merged ?? sides;
  }, texts);
}

interface Search {
  readonly ts: TypeScript;
  readonly path: string;
  readonly texts: Three<string>;
}

function fillImports({ ts, path, texts }: Search): Three<string> | null {
  const { base, disk, next } = mapThree(texts, (text) =>
    findImports(ts, parseTypeScript(ts, path, text)),
  );
  if (base === null || disk === null || next === null) return null;
  const merged = mergeImports(texts, { base, disk, next });
  return merged === null ? null : filled(texts, { base, disk, next }, merged);
}

function fillChain({ ts, path, texts }: Search, variable: string): Three<string> | null {
  const { base, disk, next } = mapThree(texts, (text) =>
    findChain(ts, parseTypeScript(ts, path, text), variable),
  );
  if (base === null || disk === null || next === null) return null;
  const rows = { base: base.pieces, disk: disk.pieces, next: next.pieces };
  const merged = mergePieces(rows, mergeWhole);
  // A semicolon behind a comment would be part of it.
  if (merged === null || /\)\s*\/\/.*$/.test(merged.at(-1)?.body ?? '')) return null;
  const own = new Set(rows.disk);
  const adopted = merged.map((piece) =>
    own.has(piece) ? piece : { ...piece, body: withQuotesOf(texts.disk, piece.body) },
  );
  return filled(texts, { base, disk, next }, layChain(adopted, rows));
}

/** The three texts, each with the merged list in the place of its own. */
function filled(
  texts: Three<string>,
  regions: Three<Region>,
  list: readonly Piece[],
): Three<string> {
  const text = textOfPieces(list);
  const fill = (side: keyof Three<string>): string =>
    texts[side].slice(0, regions[side].start) + text + texts[side].slice(regions[side].end);
  return { base: fill('base'), disk: fill('disk'), next: fill('next') };
}
