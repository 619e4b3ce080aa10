/** Colours and symbols, as far as the terminal and the user allow. */

import type { Host, Output } from './host.ts';

type Brush = (text: string) => string;

export interface Paint {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly red: Brush;
  readonly green: Brush;
  readonly yellow: Brush;
  readonly cyan: Brush;
  /** May symbols outside ASCII be printed? */
  readonly unicode: boolean;
  /** Width of a line; unlimited without a terminal. */
  readonly columns: number;
}

const kOff: Brush = (text) => text;

export function paintFor(host: Pick<Host, 'env'>, output: Output): Paint {
  const brush = hasColour(host.env, output) ? sgr : () => kOff;
  return {
    bold: brush(1, 22),
    dim: brush(2, 22),
    red: brush(31, 39),
    green: brush(32, 39),
    yellow: brush(33, 39),
    cyan: brush(36, 39),
    unicode: hasUnicode(host.env),
    columns: output.terminal ? output.columns : Number.POSITIVE_INFINITY,
  };
}

/** https://no-color.org: any non-empty NO_COLOR wins over everything else. */
function hasColour(env: Host['env'], output: Output): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return output.terminal && env.TERM !== 'dumb';
}

/**
 * The first of these variables that is set decides: locale(7). The kernel's console can't show
 * Unicode: its font has only 256 glyphs.
 */
function hasUnicode(env: Host['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale) && env.TERM !== 'linux' && env.TERM !== 'dumb';
}

function sgr(open: number, close: number): Brush {
  return (text) => `\x1b[${open}m${text}\x1b[${close}m`;
}

const kAscii: readonly (readonly [RegExp, string])[] = [
  [/[–—]/g, '-'],
  [/…/g, '...'],
  [/[‘’]/g, "'"],
  [/[“”]/g, '"'],
  [/→/g, '->'],
  [/[×✕]/g, 'x'],
  [/≤/g, '<='],
  [/≥/g, '>='],
  [/µ/g, 'u'],
  [/·/g, '|'],
];

/** The text in characters the terminal can show. */
export function spell(paint: Paint, text: string): string {
  if (paint.unicode) return text;
  return kAscii.reduce((spelt, [symbol, ascii]) => spelt.replace(symbol, ascii), text);
}
