/** Five steps × six models as one picture: a bar per executor, over the steps it takes. */

import type { Executors, Role, Step } from '../../generators/architecture/executors.ts';

export interface Model {
  /** As in `concurrency.model`. */
  readonly name: string;
  readonly executors: Executors;
}

interface Bar {
  readonly role: Role | undefined;
  readonly executor: string;
  readonly first: number;
  readonly count: number;
}

const kSteps: readonly Step[] = ['wait', 'accept', 'read', 'process', 'write'];
const kNames = 190;
const kColumn = 140;
const kLine = 46;
const kHead = 84;
const kMargin = 20;
const kGap = 6;

const kStyle = `
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 17px; font-weight: 600; }
.head { font-weight: 600; text-anchor: middle; }
.name { font-family: ui-monospace, Menlo, Consolas, monospace; }
.executor { font-size: 12px; text-anchor: middle; fill: #ffffff; }
.worker { fill: #0969da; } .main { fill: #1a7f37; }
.background { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .worker { fill: #1f6feb; } .main { fill: #238636; }
  .background { fill: #0d1117; }
}
`;

export function picture(models: readonly Model[]): string {
  const width = kNames + kSteps.length * kColumn + 2 * kMargin;
  const height = kHead + models.length * kLine + kMargin;
  const heads = kSteps.map(
    (step, index) => `<text class="head" x="${middle(index, 1)}" y="${kHead - 12}">${step}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>Who takes which of the five steps, in each of the six concurrency models</title>
<style>${kStyle}</style>
<rect class="background" width="${width}" height="${height}" rx="8"/>
<text class="title" x="${kMargin}" y="32">Five steps, six ways to share them out</text>
${heads.join('\n')}
${models.map(row).join('\n')}
</svg>
`;
}

function row({ name, executors }: Model, index: number): string {
  const top = kHead + index * kLine;
  const bars = barsOf(executors).map((bar) => drawn(bar, top));
  return [`<text class="name" x="${kMargin}" y="${top + 23}">${name}</text>`, ...bars].join('\n');
}

/** If neighbouring steps have the same executor, they share one bar. */
function barsOf({ roles, names }: Executors): readonly Bar[] {
  const bars: Bar[] = [];
  for (const [first, step] of kSteps.entries()) {
    const role = roles[step];
    const last = bars.at(-1);
    if (last !== undefined && last.role === role) {
      bars[bars.length - 1] = { ...last, count: last.count + 1 };
    } else bars.push({ role, executor: (role && names[role]) ?? '', first, count: 1 });
  }
  return bars;
}

function drawn({ role, executor, first, count }: Bar, top: number): string {
  const left = kMargin + kNames + first * kColumn + kGap / 2;
  const width = count * kColumn - kGap;
  const label = `<text class="executor" x="${middle(first, count)}" y="${top + 22}">${executor}</text>`;
  return `<rect class="${role}" x="${left}" y="${top}" width="${width}" height="34" rx="6"/>${label}`;
}

function middle(first: number, count: number): number {
  return kMargin + kNames + (first + count / 2) * kColumn;
}
