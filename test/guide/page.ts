/** The parts of a Markdown page that a translation leaves unchanged. */

export interface Fence {
  /** What follows the backticks: `sh`. */
  readonly language: string;
  readonly code: string;
}

/** Rows of cells; the line of dashes doesn't count. */
export type Table = readonly (readonly string[])[];

export interface Page {
  /** The levels of the headings: 1 to 6. */
  readonly headings: readonly number[];
  readonly fences: readonly Fence[];
  readonly tables: readonly Table[];
  /** Targets, as written. */
  readonly links: readonly string[];
}

const kFence = /^( *)(`{3,})(.*)\n([\s\S]*?)^\1\2 *$/gm;

export function pageOf(text: string): Page {
  const fences = [...text.matchAll(kFence)].map(([, , , language = '', code = '']) => {
    return { language: language.trim(), code };
  });
  const prose = text.replace(kFence, '');
  return { headings: headingsOf(prose), fences, tables: tablesOf(prose), links: linksOf(prose) };
}

/** The text between backticks. */
export function codeIn(text: string): readonly string[] {
  return [...text.matchAll(kCode)].map(([, code = '']) => code);
}

/** The code of a cell that contains nothing else, whatever separates its pieces; or null. */
export function onlyCodeIn(cell: string): readonly string[] | null {
  const code = codeIn(cell);
  const rest = cell.replace(kCode, '').replace(/[\s,;/·、，；]/g, '');
  return code.length > 0 && rest === '' ? code : null;
}

const kCode = /`([^`]+)`/g;

function headingsOf(prose: string): readonly number[] {
  return [...prose.matchAll(/^(#{1,6}) /gm)].map(([, marks = '']) => marks.length);
}

function tablesOf(prose: string): readonly Table[] {
  const blocks = prose.match(/(^\|.*\|[ \t]*$\n?)+/gm) ?? [];
  return blocks.map((block) => {
    const rows = block.trimEnd().split('\n').map(cellsOf);
    return rows.filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
  });
}

function cellsOf(line: string): readonly string[] {
  const inner = line.trim().slice(1, -1);
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

function linksOf(prose: string): readonly string[] {
  const words = prose.replace(kCode, '');
  const inline = words.matchAll(/\]\(([^)\s]+)[^)]*\)/g);
  const apart = words.matchAll(/^\[[^\]]+\]: *(\S+)/gm);
  const bare = words.matchAll(/<(https?:[^>\s]+)>/g);
  return [inline, apart, bare].flatMap((found) => [...found].map(([, target = '']) => target));
}
