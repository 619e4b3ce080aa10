/** The results as a picture: a cell per architecture, models across, I/O and patterns down. */

import type { Architecture } from './architectures.ts';
import { kModes } from './mode.ts';
import type { Results } from './results.ts';

const kModels = [
  ['single', ''],
  ['per-connection', 'thread'],
  ['per-connection', 'process'],
  ['half-sync-half-reactive', 'thread'],
  ['half-sync-half-async', 'thread'],
  ['half-sync-half-async', 'process'],
  ['leader-followers', 'thread'],
  ['leader-followers', 'process'],
  ['sharded', 'thread'],
  ['sharded', 'process'],
] as const;

const kStyle = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 18px; font-weight: 600; }
  .head { font-size: 11px; }
  .passed { fill: #2da44e; }
  .warned { fill: #bf8700; }
  .failed { fill: #cf222e; }
  .mark { fill: #ffffff; font-weight: 600; }
  .nothing { fill: #eaeef2; }
  .background { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .nothing { fill: #21262d; }
    .background { fill: #0d1117; }
  }
`;

const kLeft = 190;
const kCell = 58;
const kHeight = 24;
const kWidth = kLeft + kModels.length * kCell + 24;

export function picture(results: Results, all: readonly Architecture[]): string {
  const parts: string[] = [];
  let top = 52;
  for (const [language, title] of [
    ['cpp', 'C++'],
    ['typescript', 'TypeScript'],
  ] as const) {
    const own = all.filter((architecture) => architecture.language === language);
    if (own.length === 0) continue;
    const lines = [...new Set(own.map(lineOf))];
    parts.push(panel(title, lines, own, results, top));
    top += 70 + lines.length * kHeight + 24;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${kWidth} ${top}" role="img">
<title>The matrix of architectures, as tested</title>
<style>${kStyle}</style>
<rect class="background" width="${kWidth}" height="${top}"/>
<text class="title" x="24" y="32">The matrix of architectures, as tested</text>
${parts.join('\n')}
</svg>
`;
}

function lineOf({ values }: Architecture): string {
  const trigger = values['io.trigger'];
  const io = trigger === undefined ? values['io.model'] : `${values['io.model']} ${trigger}`;
  return `${io}, ${values['event.pattern']}`;
}

function panel(
  title: string,
  lines: readonly string[],
  own: readonly Architecture[],
  results: Results,
  top: number,
): string {
  const heads = kModels.map(([model, kind], column) => {
    const x = kLeft + column * kCell + 4;
    const words = [
      ...shortName(model),
      kind === '' ? '' : `${kind}${kind === 'process' ? 'es' : 's'}`,
    ];
    return words
      .map((word, line) => `<text class="head" x="${x}" y="${top + 24 + line * 13}">${word}</text>`)
      .join('');
  });
  const cells = lines.flatMap((line, index) => {
    const y = top + 64 + index * kHeight;
    const label = `<text x="${kLeft - 10}" y="${y + 16}" text-anchor="end">${line}</text>`;
    const boxes = kModels.map(([model, kind], column) => {
      const found = own.find(
        (each) =>
          lineOf(each) === line &&
          each.values['concurrency.model'] === model &&
          (kind === '' || each.values['workers.kind'] === kind),
      );
      return box(found, results, kLeft + column * kCell, y);
    });
    return [label, ...boxes];
  });
  return [`<text class="title" x="24" y="${top + 24}">${title}</text>`, ...heads, ...cells].join(
    '\n',
  );
}

function shortName(model: string): readonly string[] {
  const [first = '', ...rest] = model.split('-');
  if (model.startsWith('half')) return ['half-sync', rest.slice(1).join('-')];
  return rest.length === 0 ? [first, ''] : [`${first}`, rest.join('-')];
}

function box(
  architecture: Architecture | undefined,
  results: Results,
  x: number,
  y: number,
): string {
  const shape = `x="${x}" y="${y}" width="${kCell - 4}" height="${kHeight - 4}" rx="3"`;
  if (architecture === undefined) return `<rect class="nothing" ${shape}/>`;
  const verdicts = kModes.map((mode) => results[mode]?.[architecture.id]?.passed);
  const failed = verdicts.includes(false);
  const passed = verdicts.filter((verdict) => verdict === true).length;
  const known = failed || passed > 0;
  const look = failed ? 'failed' : architecture.warned ? 'warned' : 'passed';
  const mark = failed ? '✘' : '✔'.repeat(passed);
  const middle = x + (kCell - 4) / 2;
  return `<rect class="${known ? look : 'nothing'}" ${shape}/><text class="mark" x="${middle}" y="${y + 14}" text-anchor="middle">${mark}</text>`;
}
