/** Three heads of imports → one: modules as a set, and the names of each module as a set. */

import { mergeSets } from '../ordered-set.ts';
import { essence, mergePieces, type Piece, withQuotesOf } from '../registrations/pieces.ts';
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
  const merged = mergePieces(rows, (sides) =>
    mergeImport(withoutBorrowed(sides as Sides, rests), (piece) => inStyleOf(users, piece)),
  );
  return merged === null ? null : laid(merged);
}

function restOf(text: string, { start, end }: ImportRegion): string {
  return text.slice(0, start) + text.slice(end);
}

function mergeImport(
  sides: Sides,
  adopt: (piece: ImportPiece) => Piece,
): Piece | null | 'contradicts' {
  const { base, disk, next } = sides;
  const whole = agreed(mapThree(sides, (piece) => piece && essence(piece.lead + piece.body)));
  if (whole !== null) {
    if (disk !== null && essence(disk.lead + disk.body) === whole.value) return disk;
    return whole.value === null || next === null ? null : adopt(next);
  }
  const value = agreed(mapThree(sides, (piece) => piece?.value ?? null));
  const remarks = mapThree(sides, remarksOf);
  if (value === null || (base !== null && next !== null && remarks.base !== remarks.next)) {
    return 'contradicts';
  }
  const names = mergeSets(mapThree(sides, (piece) => piece?.names ?? []));
  const source = disk ?? next;
  if (source === null || (value.value === null && names.length === 0)) {
    const isRemarked = disk !== null && remarks.disk !== remarks.base;
    return isRemarked ? 'contradicts' : null;
  }
  const form = { value: value.value, names, isOnLines: isOnLines(sides) };
  const body = rewritten(source, form);
  if (body === null) return 'contradicts';
  return disk === null ? adopt({ ...source, body }) : { ...source, body };
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
 * A name that a side uses more often than base did is not only there because of base: it stays
 * although the other side has no more use for it.
 */
function withoutBorrowed({ base, disk, next }: Sides, rests: Three<string>): Sides {
  const names = base?.names ?? [];
  if (base === null || names.length === 0) return { base, disk, next };
  const left = names.filter((name) => {
    const uses = mapThree(rests, (rest) => usesOf(localName(name), rest));
    const [inDisk, inNext] = [disk?.names?.includes(name), next?.names?.includes(name)];
    const isUsers = inDisk === true && inNext !== true && uses.disk > uses.base;
    const isNews = inNext === true && inDisk !== true && uses.next > uses.base && uses.disk === 0;
    return !isUsers && !isNews;
  });
  if (left.length === names.length) return { base, disk, next };
  return { base: { ...base, names: left, body: `${base.body} /* less */` }, disk, next };
}

function usesOf(name: string, text: string): number {
  const pattern = name.replace(/\$/g, '\\$&');
  return text.match(new RegExp(`(?<![\\w$.])${pattern}(?![\\w$])`, 'g'))?.length ?? 0;
}

/** The generators' declaration with the user's quotes and semicolons. */
function inStyleOf(users: string, piece: ImportPiece): Piece {
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
