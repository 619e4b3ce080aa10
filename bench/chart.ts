/** The results as an SVG picture: a panel per row, a bar per server; shorter is better. */

import type { Spread } from '../src/load/statistics.ts';
import { type Cell, figure } from './cell.ts';
import { figureOf, number, type Table } from './report.ts';
import { type Row, rows } from './rows.ts';

const width = 900;
const columns = 2;
const gap = 36;
const panelWidth = (width - gap * (columns + 1)) / columns;
const nameWidth = 92;
const valueWidth = 92;
const barHeight = 16;
const barGap = 8;
const headHeight = 40;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 18px; font-weight: 600; }
  .head { font-size: 13px; font-weight: 600; }
  .unit { fill: #6e7781; }
  .bar { fill: #afb8c1; }
  .ours { fill: #0969da; }
  .spread { stroke: #57606a; stroke-width: 1.5; }
  .background { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .unit { fill: #8d96a0; }
    .bar { fill: #484f58; }
    .ours { fill: #4493f8; }
    .spread { stroke: #b1bac4; }
    .background { fill: #0d1117; }
  }
`;

interface Bar {
  readonly name: string;
  readonly value: Spread;
  readonly ours: boolean;
}

const summaryRows: ReadonlySet<string> = new Set(['tiny', 'pipelined', 'file-100k', 'connect']);
const summaryServers: ReadonlySet<string> = new Set([
  ...['cpp', 'typescript', 'nginx', 'uws', 'node-http'],
]);

/** What a visitor wants to see first: four rows, and the well-known servers. */
export function summaryOf({ cells }: Table): Table {
  const chosen = cells.filter(
    ({ row, server }) => summaryRows.has(row) && summaryServers.has(server),
  );
  return { title: 'CPU time per request', cells: chosen };
}

/** `ours` are the names of the generated servers, drawn in another colour. */
export function chart(table: Table, ours: ReadonlySet<string>): string {
  const panels = rows
    .map((row) => ({ row, bars: barsOf(row, table.cells, ours) }))
    .filter(({ bars }) => bars.length > 0);
  const parts: string[] = [];
  let top = 64;
  for (let first = 0; first < panels.length; first += columns) {
    const line = panels.slice(first, first + columns);
    for (const [column, { row, bars }] of line.entries()) {
      parts.push(panel(row, bars, gap + column * (panelWidth + gap), top));
    }
    const tallest = Math.max(...line.map(({ bars }) => bars.length));
    top += headHeight + tallest * (barHeight + barGap) + 20;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" role="img">
<title>${escaped(table.title)}</title>
<style>${style}</style>
<rect class="background" width="${width}" height="${top}"/>
<text class="title" x="${gap}" y="36">${escaped(table.title)}</text>
${parts.join('\n')}
</svg>
`;
}

function barsOf(row: Row, cells: readonly Cell[], ours: ReadonlySet<string>): readonly Bar[] {
  return cells
    .filter((cell) => cell.row === row.id)
    .flatMap((cell) => {
      const value = figure(cell, figureOf(row));
      return value === null ? [] : [{ name: cell.server, value, ours: ours.has(cell.server) }];
    })
    .sort((a, b) => a.value.median - b.value.median);
}

function panel(row: Row, bars: readonly Bar[], left: number, top: number): string {
  const largest = Math.max(...bars.map(({ value }) => value.max));
  const scale = (panelWidth - nameWidth - valueWidth) / largest;
  const unit = row.id === 'idle' ? 'bytes a connection' : 'CPU µs a request';
  const lines = bars.map((bar, index) =>
    barLine(bar, left, top + headHeight + index * (barHeight + barGap), scale),
  );
  return `<text x="${left}" y="${top + 20}"><tspan class="head">${escaped(row.title)}</tspan><tspan class="unit" dx="8">${unit}</tspan></text>
${lines.join('\n')}`;
}

function barLine({ name, value, ours }: Bar, left: number, y: number, scale: number): string {
  const x = left + nameWidth;
  const at = (amount: number) => (x + Math.max(0, amount) * scale).toFixed(1);
  const middle = y + barHeight / 2;
  const baseline = y + 12;
  const length = Math.max(1, value.median * scale).toFixed(1);
  const label = (x + Math.max(0, value.max) * scale + 8).toFixed(1);
  return `<text x="${x - 8}" y="${baseline}" text-anchor="end">${escaped(name)}</text>
<rect class="bar${ours ? ' ours' : ''}" x="${x}" y="${y}" width="${length}" height="${barHeight}" rx="2"/>
<line class="spread" x1="${at(value.min)}" x2="${at(value.max)}" y1="${middle}" y2="${middle}"/>
<text x="${label}" y="${baseline}">${number(value.median)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
