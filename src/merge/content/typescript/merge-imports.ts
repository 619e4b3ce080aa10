/**
 * Merges the imports of three texts: the modules as a set, and the names of each module as a set.
 */

import { mergeSets } from '../ordered-set.ts';
import { type MergedPiece, mergePieces, mergeWhole, type Piece } from '../registrations/pieces.ts';
import { agreed, chosen, mapThree, type Three } from '../three.ts';
import { withQuotesOf } from './essence.ts';
import { type ImportPiece, type ImportRegion, localName } from './imports.ts';
import type { TypeScript } from './typescript.ts';

type Sides = Three<ImportPiece | null>;

/** Null if the sides contradict each other, or if comments are where names would have to change. */
export function mergeImports(
  ts: TypeScript,
  texts: Three<string>,
  regions: Three<ImportRegion>,
): readonly Piece[] | null {
  const uses = mapThree(regions, (region) => region.uses);
  const users = texts.disk.slice(regions.disk.start, regions.disk.end);
  const rows = mapThree(regions, ({ pieces }) => pieces);
  const merged = mergePieces(rows, (sides) => {
    const piece = mergeImport(sides, uses);
    return piece === null || piece === 'contradicts' || piece.key === sides.disk?.key
      ? piece
      : inStyleOf(ts, users, piece);
  });
  return merged === null ? null : laid(merged);
}

type Uses = Three<ReadonlyMap<string, number>>;

function mergeImport(sides: Sides, uses: Uses): MergedPiece {
  const { base, disk, next } = sides;
  const before = namesOfBase(sides, uses);
  if (before.length === (base?.names ?? []).length) {
    const whole = mergeWhole(sides);
    if (whole !== 'contradicts') return whole;
  }
  const value = agreed(mapThree(sides, (piece) => piece?.value ?? null));
  const remarks = mapThree(sides, remarksOf);
  const isRemarked = base !== null && next !== null && remarks.base !== remarks.next;
  const source = disk ?? next;
  if (value === null || source === null || isRemarked) return 'contradicts';
  const names = mergeSets({ base: before, disk: disk?.names ?? [], next: next?.names ?? [] });
  if (value.value === null && names.length === 0) {
    // Removing the import would remove the user's comments, too.
    return base !== null && remarks.base === remarks.disk ? null : 'contradicts';
  }
  const body = rewritten(source, { value: value.value, names, isOnLines: isOnLines(sides) });
  return body === null ? 'contradicts' : { ...source, body };
}

/** The comments of a piece, both above and beside the import. */
function remarksOf(piece: ImportPiece | null): string {
  return (`${piece?.lead}${piece?.body}`.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? []).join('\n');
}

function isOnLines({ base, disk, next }: Sides): boolean {
  const spans = (piece: ImportPiece): boolean => piece.body.includes('\n');
  if (disk === null) return next !== null && spans(next);
  return base === null || next === null
    ? spans(disk)
    : chosen(mapThree({ base, disk, next }, spans));
}

interface Form {
  readonly value: string | null;
  readonly names: readonly string[];
  readonly isOnLines: boolean;
}

/** The declaration with other bindings; null if its clause contains comments. */
function rewritten({ body }: ImportPiece, { value, names, isOnLines }: Form): string | null {
  const parts = /^(import\s+(?:type\s+)?)([\s\S]*?)(\s*from\s*["'][\s\S]*)$/.exec(body);
  const [, head = '', clause = '', tail = ''] = parts ?? [];
  if (parts === null || /\/[/*]/.test(clause)) return null;
  const space = /\{\S/.test(clause) ? '' : ' ';
  const indent = /\n([ \t]+)\S/.exec(clause)?.[1] ?? '  ';
  const comma = !clause.includes('\n') || /,\s*\}/.test(clause) ? ',' : '';
  const braced = isOnLines
    ? `{\n${names.map((name) => indent + name).join(',\n')}${comma}\n}`
    : `{${space}${names.join(', ')}${space}}`;
  const bindings = [value, names.length === 0 ? null : braced].filter((part) => part !== null);
  return `${head.trimEnd()} ${bindings.join(', ')}${tail.replace(/^(?=from)/, ' ')}`;
}

/**
 * The names of base that neither side claims. A side claims a name by using it more often than base
 * did: then it stays, even if the other side no longer needs it.
 */
function namesOfBase({ base, disk, next }: Sides, used: Uses): readonly string[] {
  return (base?.names ?? []).filter((name) => {
    const uses = mapThree(used, (counts) => counts.get(localName(name)) ?? 0);
    const [inDisk, inNext] = [disk?.names?.includes(name), next?.names?.includes(name)];
    const isUsers = inDisk && !inNext && uses.disk > uses.base;
    const isNews = inNext && !inDisk && uses.next > uses.base && uses.disk === 0;
    return !isUsers && !isNews;
  });
}

/** The generators' declaration with the user's quotes and semicolons. */
function inStyleOf(ts: TypeScript, users: string, piece: Piece): Piece {
  const body = withQuotesOf(ts, users, piece.body);
  const bare = /;(?=\s*(?:\/\/[^'"`]*)?$)/;
  return { ...piece, body: users.includes(';') ? body : body.replace(bare, '') };
}

/** Puts each declaration on its own line, and no white space before the first. */
function laid(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => {
    if (index === 0) return { ...piece, lead: piece.lead.trimStart() };
    return piece.lead.includes('\n') ? piece : { ...piece, lead: `\n${piece.lead}` };
  });
}
