/**
 * How long the merge of one long file takes, compared with `git merge-file`: 5,000 lines, 2,000 of
 * them equal. `npx tsx bench/merge.ts`.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeContent } from '../src/merge/content/merge-content.ts';

const kRuns = 7;

interface Texts {
  readonly base: string;
  readonly disk: string;
  readonly next: string;
}

/** Replaces every hundredth line, starting at index `from`. */
function changed(lines: readonly string[], from: number, who: string): string {
  return lines
    .map((line, index) => (index % 100 === from ? `  ${who}(${index});\n` : `${line}\n`))
    .join('');
}

function textsOf(lineOf: (index: number) => string): Texts {
  const lines = Array.from({ length: 5000 }, (_, index) => lineOf(index));
  const base = lines.map((line) => `${line}\n`).join('');
  return { base, disk: changed(lines, 20, 'ours'), next: changed(lines, 70, 'theirs') };
}

const kCases: Readonly<Record<string, Texts>> = {
  'scattered among unique lines': textsOf((index) => (index % 5 < 2 ? '  }' : `  call(${index});`)),
  'in one block': textsOf((index) =>
    index > 1500 && index <= 3500 ? '  0,' : `  call(${index});`,
  ),
  'five lines over and over': textsOf((index) => `  case${index % 5}`),
};

async function medianOf(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < kRuns; index++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(kRuns / 2)] ?? 0;
}

function mergeByGit(folder: string, texts: Texts): void {
  const paths = (['disk', 'base', 'next'] as const).map((side) => {
    writeFileSync(join(folder, side), texts[side]);
    return join(folder, side);
  });
  spawnSync('git', ['merge-file', '-p', ...paths]);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-merge-'));
for (const [name, texts] of Object.entries(kCases)) {
  const merge = () => mergeContent({ path: 'a.txt', ...texts, registrations: [] });
  const [ours, git] = [await medianOf(merge), await medianOf(() => mergeByGit(folder, texts))];
  const ratio = (ours / git).toFixed(1);
  const { kind } = await merge();
  console.log(`${name}: ${kind} in ${ours.toFixed(1)} ms, git ${git.toFixed(1)} ms: × ${ratio}`);
}
rmSync(folder, { recursive: true });
