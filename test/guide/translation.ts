/** Whether a page and its translation say the same: everything except the wording is compared. */

import { type Fence, onlyCodeIn, type Page, pageOf, type Table } from './page.ts';

export interface Twins {
  /** The English page's file, without its folder. */
  readonly name: string;
  readonly english: string;
  readonly translated: string;
  /** Whether a file exists, given its path from the folder of both. */
  readonly exists: (path: string) => boolean;
}

const kTranslated = '.zh-CN.md';

/** `guide/tour.md` → `guide/tour.zh-CN.md`. */
export function translationOf(path: string): string {
  return path.replace(/\.md$/, kTranslated);
}

export function isTranslation(path: string): boolean {
  return path.endsWith(kTranslated);
}

export function originalOf(path: string): string {
  return path.slice(0, -kTranslated.length).concat('.md');
}

/** The differences, in words; none if the translation is complete. */
export function faultsOf(twins: Twins): readonly string[] {
  const english = pageOf(twins.english);
  const translated = pageOf(twins.translated);
  const lists = kAspects.flatMap(([what, partsOf]) =>
    differences(what, partsOf(english), partsOf(translated)),
  );
  return [...lists, ...codeFaults(english, translated), ...linkFaults(english, translated, twins)];
}

/** What must be the same, in the same order. */
const kAspects: readonly (readonly [string, (page: Page) => readonly string[]])[] = [
  ['heading', (page) => page.headings.map((level) => '#'.repeat(level))],
  ['code block', (page) => page.fences.map(codeOf)],
  ['table', (page) => page.tables.map(shapeOf)],
];

/** Comments in code are translated, so it only matters that they are there. */
function codeOf({ language, code }: Fence): string {
  return `${language}\n${code.replace(/(^|\s)#(?:\s.*)?$/gm, '$1#')}`;
}

/** `3 rows of 2, 2, 2`: a row may lack a cell. */
function shapeOf(table: Table): string {
  return `${table.length} rows of ${table.map((cells) => cells.length).join(', ')}`;
}

function differences(
  what: string,
  english: readonly string[],
  translated: readonly string[],
): readonly string[] {
  if (english.length !== translated.length) {
    return [`${what}s: ${english.length} in English, ${translated.length} in the translation`];
  }
  return english.flatMap((part, at) => {
    const other = translated[at];
    return part === other ? [] : [`${what} ${at + 1}: ${part} became ${other}`];
  });
}

/**
 * Cells that consist of code must be the same; in other cells, pieces of code may change their
 * order.
 */
function codeFaults(english: Page, translated: Page): readonly string[] {
  return cellsOf(english).flatMap(({ cell, place: [table, row, column] }) => {
    const code = onlyCodeIn(cell)?.join(' ');
    const other = translated.tables[table]?.[row]?.[column] ?? '';
    if (code === undefined || code === onlyCodeIn(other)?.join(' ')) return [];
    const where = `table ${table + 1}, row ${row + 1}, column ${column + 1}`;
    return [`${where}: ${cell} became ${other}`];
  });
}

interface Cell {
  readonly cell: string;
  readonly place: readonly [table: number, row: number, column: number];
}

function cellsOf({ tables }: Page): readonly Cell[] {
  return tables.flatMap((table, at) =>
    table.flatMap((cells, row) =>
      cells.map((cell, column) => ({ cell, place: [at, row, column] as const })),
    ),
  );
}

/** In any order, because a translated sentence may have a different structure. */
function linkFaults(english: Page, translated: Page, twins: Twins): readonly string[] {
  const wanted = english.links.filter((link) => link !== translationOf(twins.name));
  const left = translated.links.filter((link) => link !== twins.name);
  const missing = wanted.filter((link) => {
    const at = left.findIndex((other) => leadsToTheSame(link, other, twins));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return [
    ...missing.map((link) => `link: ${link} is missing in the translation`),
    ...left.map((link) => `link: ${link} is in the translation only`),
  ];
}

/** Fragments are ignored: they name headings, which are translated. */
function leadsToTheSame(link: string, other: string, { exists }: Twins): boolean {
  if (link === other || (link.startsWith('#') && other.startsWith('#'))) return true;
  const [page = '', ...fragment] = link.split('#');
  const [otherPage = '', ...otherFragment] = other.split('#');
  const isTwin = isTranslation(otherPage) && otherPage === translationOf(page);
  return isTwin && fragment.length === otherFragment.length && exists(otherPage);
}
