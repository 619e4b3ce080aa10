/** Terminal screens as one animated SVG: a strip of frames that moves behind a window. */

import { type Run, type Style, screenRuns } from './styled-text.ts';

export interface Frame {
  /** Includes the escape codes for colours. */
  readonly screen: string;
  readonly lastsMs: number;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const kCharWidth = 8.4;
const kLineHeight = 18;
const kMargin = 16;
const kBarHeight = 28;

/** The colours of a dark terminal: the eight usual ones, then their bright variants. */
const kColours = [
  ...['#6e7681', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#e6edf3'],
  ...['#8b949e', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#ffffff'],
];

export function film(title: string, frames: readonly Frame[], { columns, rows }: Size): string {
  const width = Math.ceil(columns * kCharWidth) + 2 * kMargin;
  const height = rows * kLineHeight + 2 * kMargin + kBarHeight;
  const lines = new Map<string, string>();
  const strip = frames.map(({ screen }, index) => placed(screen, index, rows, lines));
  const inner = `x="0" y="${kBarHeight}" width="${width}" height="${height - kBarHeight}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #e6edf3; white-space: pre; }
.strip { animation: play ${totalOf(frames) / 1000}s step-end infinite; }
@keyframes play { ${keyframes(frames, rows)} }
@media (prefers-reduced-motion: reduce) { .strip { animation: none; } }
</style>
<defs>
${[...lines].map(([text, id]) => `<g id="${id}">${text}</g>`).join('\n')}
</defs>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `<circle cx="${20 + 20 * index}" cy="18" r="6" fill="${fill}"/>`).join('\n')}
<svg aria-hidden="true" ${inner} viewBox="0 0 ${width} ${height - kBarHeight}">
<g class="strip">
${strip.join('\n')}
</g>
</svg>
</svg>
`;
}

function totalOf(frames: readonly Frame[]): number {
  return frames.reduce((sum, { lastsMs }) => sum + lastsMs, 0);
}

function heightOf(rows: number): number {
  return rows * kLineHeight + 2 * kMargin;
}

function keyframes(frames: readonly Frame[], rows: number): string {
  const total = totalOf(frames);
  let begun = 0;
  return frames
    .map(({ lastsMs }, index) => {
      const at = ((100 * begun) / total).toFixed(3);
      begun += lastsMs;
      return `${at}% { transform: translateY(-${index * heightOf(rows)}px); }`;
    })
    .join(' ');
}

/** One frame at its place in the strip. Equal lines are defined once and reused in every frame. */
function placed(screen: string, index: number, rows: number, lines: Map<string, string>): string {
  const top = index * heightOf(rows) + kMargin;
  return screenRuns(screen)
    .slice(0, rows)
    .flatMap((runs, row) => {
      const text = runs.map(drawn).join('');
      if (text === '') return [];
      if (!lines.has(text)) lines.set(text, `l${lines.size}`);
      return [`<use href="#${lines.get(text)}" y="${top + (row + 1) * kLineHeight - 4}"/>`];
    })
    .join('');
}

function drawn({ column, text, style }: Run): string {
  const x = (kMargin + column * kCharWidth).toFixed(1);
  const length = ([...text].length * kCharWidth).toFixed(1);
  // The reader's font may differ, so each run's width is fixed.
  return `<text x="${x}" textLength="${length}"${attributesOf(style)}>${escaped(text)}</text>`;
}

function attributesOf({ colour, bold, dim, underlined }: Style): string {
  return [
    colour === null ? '' : ` fill="${kColours[colour]}"`,
    bold ? ' font-weight="700"' : '',
    dim ? ' opacity="0.6"' : '',
    underlined ? ' text-decoration="underline"' : '',
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
