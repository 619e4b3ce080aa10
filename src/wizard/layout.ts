/** Draws a page as lines that fit the window. Pure, so every window size can be tested. */

import { type Paint, spell } from '../console/paint.ts';
import { columns, cut, wrap } from '../console/text.ts';
import type { Offer } from '../interview/offers.ts';
import type { Page } from '../interview/prompter.ts';
import type { FlowStep } from '../plan/generator.ts';

export interface Window {
  readonly columns: number;
  readonly rows: number;
}

interface Block {
  readonly lines: readonly string[];
  /**
   * If the window is too small, blocks with low ranks are left out first; those with rank 9 stay.
   */
  readonly rank: number;
}

const kMaxWidth = 100;
/** If a cell has fewer columns than this, it is cut: wrapping would make it no easier to read. */
const kLeastRoom = 20;
const kBlank: Block = { lines: [''], rank: 1 };

/**
 * A page with a list of choices and its cursor on `active`. `chosen`: for a set, the choices made
 * so far.
 */
export function choicePage(
  paint: Paint,
  page: Page,
  active: number,
  window: Window,
  chosen?: readonly string[],
): string {
  const offers = page.field.kind === 'text' ? [] : page.field.offers;
  const width = widthOf(window);
  const offer = offers[active];
  const detail = offer === undefined ? [] : detailOf(paint, offers, offer, width);
  const complaint = page.complaint === null ? [] : complaintLines(paint, page.complaint, width);
  const below = detail.length + complaint.length + 2 + offers.length;
  const around = roomiest(window.rows - 1 - below, (fit) =>
    surroundings(paint, page, offer?.value ?? '', width, fit),
  );
  const taken = heightOf(around) + detail.length + complaint.length + 2;
  const blanks = around.filter((block) => block === kBlank).length + 1;
  const room = roomFor(offers.length, window.rows - 1 - taken, blanks);
  const list = pageAround(offers, active, room).map(({ item, at }) =>
    offerLine(paint, offers, item, at === active, width, boxOf(paint, item, chosen)),
  );
  const place = list.length < offers.length ? `${active + 1} of ${offers.length}   ` : '';
  const space = chosen === undefined ? '' : 'Space select   ';
  const keys = `${place}Up/Down move   ${space}Enter accept   Esc back   Ctrl-C quit`;
  const tail: readonly Block[] = [
    { lines: list, rank: 9 },
    { lines: detail, rank: 8 },
    { lines: complaint, rank: 9 },
    kBlank,
    { lines: [paint.dim(cut(keys, width, ''))], rank: 7 },
  ];
  return fitted([...around, ...tail], window.rows - 1).join('\n');
}

/**
 * The least number of choices to show of a long list, which then scrolls. To make room for them,
 * other blocks are left out.
 */
const kFewest = 5;

/**
 * How many choices to show. Blank lines are given up only if that makes room for the whole list.
 */
function roomFor(count: number, left: number, blanks: number): number {
  return count <= left + blanks ? count : Math.max(Math.min(count, kFewest), left);
}

/** What a table does with a cell that is too long for its line. */
type Fit = 'wrap' | 'cut';

/** Wraps cells that are too long if everything then fits in these rows; otherwise cuts them. */
function roomiest(rows: number, draw: (fit: Fit) => readonly Block[]): readonly Block[] {
  const whole = draw('wrap');
  return heightOf(whole) <= rows ? whole : draw('cut');
}

function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { lines }) => sum + lines.length, 0);
}

/**
 * A page with a line to type on: the lines up to and including that one, and the lines below it.
 */
export function textPage(
  paint: Paint,
  page: Page,
  typed: string,
  window: Window,
): readonly [string, string] {
  const width = widthOf(window);
  const fallback = page.field.kind === 'text' ? page.field.fallback : '';
  const taken = typed === '' ? fallback || 'nothing' : 'it';
  const keys = `Enter accepts ${taken}   Esc back   Ctrl-C quit`;
  const below = [
    ...(page.complaint === null ? [] : complaintLines(paint, page.complaint, width)),
    paint.dim(cut(keys, width, '')),
  ];
  const input = `${paint.cyan('>')} ${typed}`;
  const above = roomiest(window.rows - 2 - below.length, (fit) =>
    surroundings(paint, page, fallback, width, fit),
  );
  const lines = fitted([...above, { lines: [input], rank: 9 }], window.rows - 1 - below.length);
  return [lines.join('\n'), below.join('\n')];
}

/**
 * Everything above the field: the position in the wizard, the answers so far, the five steps, the
 * question.
 */
function surroundings(
  paint: Paint,
  page: Page,
  candidate: string,
  width: number,
  fit: Fit,
): readonly Block[] {
  const { step, steps } = page.position;
  const words = (text: string) => wrap(spell(paint, text), width);
  const place = `create-hpserver   ${page.group}   ${step} of ${steps}`;
  const flow = tableLines(paint, flowRows(page.flow(candidate) ?? []), width, fit);
  return [
    { lines: [paint.cyan(shortened(paint, place, width))], rank: 6 },
    { lines: summaryLines(paint, page, width, fit), rank: page.last ? 5 : 3 },
    flow.length > 0 ? kBlank : { lines: [], rank: 0 },
    { lines: flow.map(paint.dim), rank: 4 },
    kBlank,
    { lines: [paint.bold(shortened(paint, page.title, width))], rank: 9 },
    { lines: page.help === '' ? [] : words(page.help), rank: 2 },
  ];
}

function summaryLines(paint: Paint, page: Page, width: number, fit: Fit): readonly string[] {
  if (page.last) {
    const rows = page.summary.map(({ title, value, origin }) => [
      `  ${title}`,
      origin === 'user' ? value : `${value} (${origin})`,
    ]);
    return tableLines(paint, rows, width, fit);
  }
  const line = page.summary.flatMap(({ brief }) => brief ?? []).join(' · ');
  return line === '' ? [] : wrap(spell(paint, line), width).map(paint.green);
}

/** The five-step table: who executes what, by which call. */
function flowRows(steps: readonly FlowStep[]): readonly (readonly string[])[] {
  return steps.map(({ step, executor, call }) => [`  ${step}`, executor, call]);
}

/**
 * Rows as aligned lines. If the last cell is too long, it continues in the lines below it, or is
 * cut.
 */
function tableLines(
  paint: Paint,
  rows: readonly (readonly string[])[],
  width: number,
  fit: Fit,
): readonly string[] {
  return columns(rows).flatMap((line, at) => {
    const last = rows[at]?.at(-1) ?? '';
    const left = line.length - last.length;
    const room = width - left;
    if (fit === 'cut' || line.length <= width || room < kLeastRoom) {
      return [shortened(paint, line, width)];
    }
    const [first = '', ...others] = wrap(spell(paint, last), room);
    return [line.slice(0, left) + first, ...others.map((other) => ' '.repeat(left) + other)];
  });
}

function offerLine(
  paint: Paint,
  offers: readonly Offer[],
  offer: Offer,
  isActive: boolean,
  width: number,
  box: string,
): string {
  const pointer = isActive ? (paint.unicode ? '❯' : '>') : ' ';
  const told = offer.refused === null ? offer.tradeoff : `not possible: ${offer.refused}`;
  const text = `${pointer} ${box}${offer.label.padEnd(labelWidth(offers))}${told}`;
  const line = shortened(paint, text, width);
  if (offer.refused !== null) return paint.dim(line);
  return isActive ? paint.cyan(line) : line;
}

/** The mark in front of each choice of a set: whether it has been made. */
function boxOf(paint: Paint, { value }: Offer, chosen: readonly string[] | undefined): string {
  if (chosen === undefined) return '';
  const isChosen = chosen.includes(value);
  if (paint.unicode) return isChosen ? '◉ ' : '◯ ';
  return isChosen ? '[x] ' : '[ ] ';
}

function labelWidth(offers: readonly Offer[]): number {
  return Math.max(...offers.map(({ label }) => label.length)) + 2;
}

/** The active choice in full, if its line is too short for that. */
function detailOf(
  paint: Paint,
  offers: readonly Offer[],
  offer: Offer,
  width: number,
): readonly string[] {
  const isWhole = labelWidth(offers) + 2 + offer.tradeoff.length <= width;
  const said = offer.said === undefined ? '' : `${offer.said}: `;
  if (offer.refused === null && isWhole && said === '') return [];
  const reason = offer.refused === null ? offer.tradeoff : `Not possible: ${offer.refused}.`;
  const told = `${said}${reason}`;
  const lines = told === '' ? [] : wrap(spell(paint, told), width - 2).map((line) => `  ${line}`);
  return lines.map(offer.refused === null ? paint.dim : paint.yellow);
}

function complaintLines(paint: Paint, complaint: string, width: number): readonly string[] {
  return wrap(spell(paint, complaint), width - 2).map((line) => paint.red(`! ${line}`));
}

/** The part of the list to show: `room` items, with the active one among them. */
function pageAround<T>(items: readonly T[], active: number, room: number) {
  const first = Math.max(0, Math.min(active - Math.floor(room / 2), items.length - room));
  return items.map((item, at) => ({ item, at })).slice(first, first + room);
}

/** Leaves out whole blocks, those with the lowest rank first, until the others fit. */
function fitted(blocks: readonly Block[], rows: number): readonly string[] {
  const least = Math.min(...blocks.map(({ lines, rank }) => (lines.length > 0 ? rank : 9)));
  if (heightOf(blocks) <= rows || least === 9) return blocks.flatMap(({ lines }) => lines);
  const victim = blocks.findIndex(({ lines, rank }) => rank === least && lines.length > 0);
  return fitted(blocks.toSpliced(victim, 1), rows);
}

function shortened(paint: Paint, text: string, width: number): string {
  return cut(spell(paint, text), width, paint.unicode ? '…' : '...');
}

/** One column stays empty: on some terminals a full line would wrap. */
function widthOf(window: Window): number {
  return Math.max(10, Math.min(window.columns, kMaxWidth) - 1);
}
