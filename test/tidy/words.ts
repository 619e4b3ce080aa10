/** Words that say nothing, and words that belong to one machine. */

const kEmptyWords: readonly (string | undefined)[] = [
  'manager',
  'helper',
  'util',
  'utils',
  'misc',
  'common',
  'info',
  'data',
  'do',
];

/**
 * The empty word that a name contains; null if there is none. `process` may name one of the five
 * steps, but isn't a verb for anything else.
 */
export function emptyWordIn(name: string): string | null {
  const [first, second = '', ...rest] = wordsOf(name);
  if (first === 'process' && kObjects.includes(second)) return 'process';
  return [first, second, ...rest].find((word) => kEmptyWords.includes(word)) ?? null;
}

/**
 * With these words `process` is a verb: `processLine` says nothing, but `processTree` is a tree of
 * processes.
 */
const kObjects = [
  'request',
  'event',
  'events',
  'message',
  'input',
  'file',
  'files',
  'line',
  'args',
];

/** `openFile`, `open_file`, `OpenFile`, `open-file` → open, file. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_\-.$]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** Paths on the machines that build this repository, but outside it. */
const kForeign = /(?<![\w.])\/wor[k]\/[\w.]|\.l[i]brary\b/;

export function foreignPathIn(line: string, root: string): string | null {
  return line.includes(root) ? root : (kForeign.exec(line)?.[0] ?? null);
}
