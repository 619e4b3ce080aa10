/** Three heads of imports → one: modules as a set, and the names of each module as a set. */

import { mergeSets } from '../ordered-set.ts';
import {
  type MergedPiece,
  mergePieces,
  mergeWhole,
  type Piece,
  withQuotesOf,
} from '../registrations/pieces.ts';
import { agreed, chosen, mapThree, type Three } from '../three.ts';
import { type ImportPiece, type ImportRegion, localName } from './imports.ts';

type Sides = Three<ImportPiece | null>;

/** null: the sides contradict each other, or comments stand where names have to go. */
export function mergeImports(
  texts: Three<string>,
  regions: Three<ImportRegion>,
): readonly Piece[] | null {
  const rests = {
    base: restOf(texts.base, regions.base),
    disk: restOf(texts.disk, regions.disk),
    next: restOf(texts.next, regions.next),
  };
  const users = texts.disk.slice(regions.disk.start, regions.disk.end);
  const rows = mapThree(regions, ({ pieces }) => pieces);
  const merged = mergePieces(rows, (sides) => {
    const piece = mergeImport(sides, rests);
    return piece === null || piece === 'contradicts' || piece.key === sides.disk?.key
      ? piece
      : inStyleOf(users, piece);
  });
  return merged === null ? null : laid(merged);
}

/** The code below the imports, where a name is a use of it: without texts and comments. */
function restOf(text: string, { start, end }: ImportRegion): string {
  const rest = text.slice(0, start) + text.slice(end);
  return rest.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[\s\S]*?\*\//g, ' ');
}

function mergeImport(sides: Sides, rests: Three<string>): MergedPiece {
  const { base, disk, next } = sides;
  const before = namesOfBase(sides, rests);
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
    // The comments of the user would go with it.
    return base !== null && remarks.base === remarks.disk ? null : 'contradicts';
  }
  const body = rewritten(source, { value: value.value, names, isOnLines: isOnLines(sides) });
  return body === null ? 'contradicts' : { ...source, body };
}

/** The comments of a piece: what a line of its own may hold beside the import. */
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

/** The declaration with other bindings; null where comments stand between its names. */
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
 * The names that are only there because of base. One that a side uses more often than base did is
 * that side's own: it stays although the other side has no more use for it.
 */
function namesOfBase({ base, disk, next }: Sides, rests: Three<string>): readonly string[] {
  return (base?.names ?? []).filter((name) => {
    const uses = mapThree(rests, (rest) => usesOf(localName(name), rest));
    const [inDisk, inNext] = [disk?.names?.includes(name), next?.names?.includes(name)];
    const isUsers = inDisk && !inNext && uses.disk > uses.base;
    const isNews = inNext && !inDisk && uses.next > uses.base && uses.disk === 0;
    return !isUsers && !isNews;
  });
}

function usesOf(name: string, text: string): number {
  const pattern = name.replace(/\$/g, '\\$&');
  return text.match(new RegExp(`(?<![\\w$.])${pattern}(?![\\w$])`, 'g'))?.length ?? 0;
}

/** The generators' declaration with the user's quotes and semicolons. */
function inStyleOf(users: string, piece: Piece): Piece {
  const body = withQuotesOf(users, piece.body);
  return { ...piece, body: users.includes(';') ? body : body.replace(/;(?=\s*(\/\/.*)?$)/, '') };
}

/** Nothing in front of the first one, a line for each. */
function laid(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => {
    if (index === 0) return { ...piece, lead: piece.lead.trimStart() };
    return piece.lead.includes('\n') ? piece : { ...piece, lead: `\n${piece.lead}` };
  });
}
