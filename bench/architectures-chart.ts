/** A line per architecture, a bar per load: CPU time per request, shorter is better. */

import { type Comparison, kLanguages, type Load, of, type Series } from './architectures-report.ts';
import { number } from './report.ts';

const kNameWidth = 330;
const kColumn = 190;
const kBar = 120;
const kLine = 18;

const kStyle = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 18px; font-weight: 600; }
  .head { font-weight: 600; }
  .bar { fill: #afb8c1; }
  .better { fill: #2da44e; }
  .reference { fill: #0969da; }
  .background { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .bar { fill: #484f58; }
    .better { fill: #3fb950; }
    .reference { fill: #4493f8; }
    .background { fill: #0d1117; }
  }
`;

export function chart({ loads, series }: Comparison): string {
  const parts: string[] = [];
  let top = 60;
  for (const [language, title] of kLanguages) {
    const own = series.filter((each) => each.language === language);
    if (own.length === 0) continue;
    parts.push(`<text class="title" x="24" y="${top + 14}">${title}</text>`);
    parts.push(...loads.map((load, column) => panel(load, column, own, top)));
    parts.push(...own.map(({ title: name }, line) => label(name, lineTop(top, line))));
    top = lineTop(top, own.length) + 30;
  }
  const width = kNameWidth + loads.length * kColumn + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" role="img">
<title>CPU time a request, by architecture</title>
<style>${kStyle}</style>
<rect class="background" width="${width}" height="${top}"/>
<text class="title" x="24" y="34">CPU µs a request: shorter is better; blue is epoll, reactor, single; green is cheaper</text>
${parts.join('\n')}
</svg>
`;
}

function lineTop(top: number, line: number): number {
  return top + 44 + line * kLine;
}

function label(name: string, y: number): string {
  return `<text x="${kNameWidth - 10}" y="${y + 11}" text-anchor="end">${name}</text>`;
}

/** Bars grow to three times the reference; longer ones are cut there and show their figure. */
function panel(load: Load, column: number, own: readonly Series[], top: number): string {
  const x = kNameWidth + column * kColumn;
  const reference = own.find((each) => each.reference);
  const values = own.map((each) => of(load, each, 'cpuMicroseconds')?.median ?? null);
  const known = values.filter((value) => value !== null);
  const norm = reference === undefined ? null : of(load, reference, 'cpuMicroseconds');
  const full = norm === null ? Math.max(...known, 1) : norm.median * 3;
  const bars = own.map((each, line) => {
    const value = values[line] ?? null;
    const y = lineTop(top, line);
    if (value === null) return `<text x="${x}" y="${y + 11}">–</text>`;
    const length = Math.max(1, Math.min(1, value / full) * kBar).toFixed(1);
    const better = norm !== null && value < norm.median * 0.95;
    const look = each.reference ? ' reference' : better ? ' better' : '';
    return `<rect class="bar${look}" x="${x}" y="${y}" width="${length}" height="${kLine - 5}" rx="2"/><text x="${x + Number(length) + 6}" y="${y + 11}">${number(value)}</text>`;
  });
  return [`<text class="head" x="${x}" y="${top + 34}">${load.title}</text>`, ...bars].join('\n');
}
