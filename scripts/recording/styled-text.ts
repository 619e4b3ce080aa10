/** What tmux prints of a screen: text, and the SGR codes that colour it. See: ECMA-48, 8.3.117. */

export interface Style {
  /** Of a terminal's 16 colours; null: the default text colour. */
  readonly colour: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underlined: boolean;
}

/** Consecutive characters that look alike. */
export interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: Style;
}

const kPlain: Style = { colour: null, bold: false, dim: false, underlined: false };
const kEscape = '\u001b[';
/** The offset from a colour's code to its bright variant's. */
const kBright = 60;

/** The lines of a screen as runs; blank ones are left out. A style lasts beyond its line. */
export function screenRuns(screen: string): readonly (readonly Run[])[] {
  let style = kPlain;
  return screen.split('\n').map((line) => {
    const { runs, last } = runsOf(line, style);
    style = last;
    return runs;
  });
}

function runsOf(
  line: string,
  first: Style,
): { readonly runs: readonly Run[]; readonly last: Style } {
  const runs: Run[] = [];
  let style = first;
  let column = 0;
  for (const [at, piece] of line.split(kEscape).entries()) {
    const end = at === 0 ? -1 : piece.indexOf('m');
    if (at > 0) style = restyled(style, piece.slice(0, end));
    const text = piece.slice(end + 1);
    if (text.trim() !== '') runs.push({ column, text: text.trimEnd(), style });
    column += [...text].length;
  }
  return { runs, last: style };
}

function restyled(style: Style, codes: string): Style {
  return codes.split(';').reduce((now, code) => after(now, Number(code)), style);
}

function after(style: Style, code: number): Style {
  if (code === 0) return kPlain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 4) return { ...style, underlined: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 24) return { ...style, underlined: false };
  if (code >= 30 && code <= 37) return { ...style, colour: code - 30 };
  if (code === 39) return { ...style, colour: null };
  if (code >= 90 && code <= 97) return { ...style, colour: code - 30 - kBright + 8 };
  return style;
}
