/** The code shown in an emitted README, put into its project word for word. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Sample {
  readonly language: string;
  /** As given in its first line. */
  readonly path: string;
  /** Everything that follows. */
  readonly text: string;
}

export function samplesOf(readme: string): readonly Sample[] {
  const blocks = readme.matchAll(/^```(\w+)\n(?:\/\/|#) ([\w./]+)[^\n]*\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, language = '', path = '', text = '']) => ({ language, path, text }));
}

export interface Place {
  /**
   * A line that begins like this is an import: it goes below the first line of the file with the
   * same beginning.
   */
  readonly imports: string;
  /** Other lines go above the first line of the file that begins like this. */
  readonly before: string;
}

/** New files are written; lines for existing files go where a reader would put them. */
export function addSamples(directory: string, places: Readonly<Record<string, Place>>): void {
  const samples = samplesOf(readFileSync(join(directory, 'README.md'), 'utf8'));
  for (const { path, text } of samples) {
    const place = places[path];
    const file = join(directory, path);
    if (place === undefined) {
      writeFileSync(file, text.replace(/^\n/, ''), { flag: 'wx' });
      continue;
    }
    const lines = readFileSync(file, 'utf8').split('\n');
    const own = text.split('\n').filter((line) => line !== '');
    const imports = own.filter((line) => line.startsWith(place.imports));
    const others = own.filter((line) => !line.startsWith(place.imports));
    lines.splice(at(lines, place.before), 0, ...others);
    if (imports.length > 0) lines.splice(at(lines, place.imports) + 1, 0, ...imports);
    writeFileSync(file, lines.join('\n'));
  }
}

function at(lines: readonly string[], beginning: string): number {
  const found = lines.findIndex((line) => line.startsWith(beginning));
  if (found === -1) throw new Error(`there is no line that begins with ${beginning}`);
  return found;
}
