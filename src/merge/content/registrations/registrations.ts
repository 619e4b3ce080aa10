/**
 * Merges a file's declared lists as sets, before the file is merged by lines. All three texts get
 * the merged list, so the lines of the list can no longer conflict.
 */

import type { Registration } from '../../../plan/generator.ts';
import { mapThree, type Three } from '../three.ts';
import { findChain, findClaim, layChain } from '../typescript/chain.ts';
import { withQuotesOf } from '../typescript/essence.ts';
import { findImports } from '../typescript/imports.ts';
import { mergeImports } from '../typescript/merge-imports.ts';
import {
  isTypeScriptPath,
  loadTypeScript,
  parseTypeScript,
  type TypeScript,
  typeScriptFault,
} from '../typescript/typescript.ts';
import { type Ambiguity, claimInLines, mergeListLines, registeredBy } from './list-lines.ts';
import { mergePieces, mergeWhole, type Piece, type Region, textOfPieces } from './pieces.ts';

/** If a side lacks a list, or a list isn't a set, the line merge deals with it. */
export async function mergeRegistrations(
  path: string,
  texts: Three<string>,
  registrations: readonly Registration[],
): Promise<Three<string> | Ambiguity> {
  const inTypeScript = registrations.filter((list) => list.kind !== 'lines');
  let merged = texts;
  const lists = registrations.filter((list) => list.kind === 'lines');
  // This comes first because reasons name line numbers, and merged lists shift the lines below
  // them.
  for (const list of lists) {
    const claim = claimInLines(texts, list);
    if (claim !== null) return claim;
  }
  for (const list of lists) {
    const found = mergeListLines(merged, list);
    if (found !== null && 'ambiguity' in found) return found;
    merged = found ?? merged;
  }
  if (inTypeScript.length === 0 || !isTypeScriptPath(path)) return merged;
  return mergeInTypeScript(path, merged, inTypeScript);
}

type InTypeScript = Exclude<Registration, { kind: 'lines' }>;

async function mergeInTypeScript(
  path: string,
  texts: Three<string>,
  lists: readonly InTypeScript[],
): Promise<Three<string> | Ambiguity> {
  const ts = await loadTypeScript();
  // In a text with syntax errors, lists would be found in the wrong places.
  const faults = mapThree(texts, (text) => typeScriptFault(ts, path, text));
  if (faults.base !== null || faults.disk !== null || faults.next !== null) return texts;
  for (const list of lists) {
    const claim = list.kind === 'typescript-chain' ? claimInChain({ ts, path, texts }, list) : null;
    if (claim !== null) return claim;
  }
  let sides = texts;
  for (const list of lists) {
    const search = { ts, path, texts: sides };
    const merged =
      list.kind === 'typescript-imports' ? fillImports(search) : fillChain(search, list.variable);
    sides = merged ?? sides;
  }
  return sides;
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
  const merged = mergeImports(ts, texts, { base, disk, next });
  return merged === null ? null : filled(texts, { base, disk, next }, merged);
}

function claimInChain(
  { ts, path, texts }: Search,
  { variable }: Extract<Registration, { kind: 'typescript-chain' }>,
): Ambiguity | null {
  const files = mapThree(texts, (text) => parseTypeScript(ts, path, text));
  const [base, next] = [files.base, files.next].map((file) => findChain(ts, file, variable));
  const claim = base && next ? findClaim(ts, files.disk, { base, next }) : null;
  return claim === null ? null : { ambiguity: registeredBy(claim.line, claim.text) };
}

function fillChain({ ts, path, texts }: Search, variable: string): Three<string> | null {
  const { base, disk, next } = mapThree(texts, (text) =>
    findChain(ts, parseTypeScript(ts, path, text), variable),
  );
  if (base === null || disk === null || next === null) return null;
  const rows = { base: base.pieces, disk: disk.pieces, next: next.pieces };
  const merged = mergePieces(rows, mergeWhole);
  // If the last call were followed by a comment, the statement's semicolon would become part of it.
  if (merged === null || /\)\s*\/\/.*$/.test(merged.at(-1)?.body ?? '')) return null;
  const own = new Set(rows.disk);
  const adopted = merged.map((piece) =>
    own.has(piece) ? piece : { ...piece, body: withQuotesOf(ts, texts.disk, piece.body) },
  );
  return filled(texts, { base, disk, next }, layChain(adopted, rows));
}

/** The three texts, each with its list replaced by the merged one. */
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
