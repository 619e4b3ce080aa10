/** libFuzzer's output and its arguments: pure. */

/** The result of a fuzz target. */
export interface Report {
  /** How many inputs it has tried; 0 if it stopped too early to say. */
  readonly runs: number;
  /** What it has found, from the first relevant line on; empty for nothing. */
  readonly found: string;
  /** The file with the input that triggers it; null if none was written. */
  readonly input: string | null;
}

/** Enough for both sides of a difference and our own frames of a stack. */
const kMostLines = 60;

const kTelling = /^--- expected|^broken rule: |runtime error: |^==\d+== ?ERROR: |: Assertion `/;

export function reportOf(output: string, status: number): Report {
  const lines = output.split('\n');
  const runs = Number(/^Done (\d+) runs/m.exec(output)?.[1] ?? 0);
  if (status === 0) return { runs, found: '', input: null };
  const first = lines.findIndex((line) => kTelling.test(line));
  const telling = first < 0 ? lines.slice(-kMostLines) : lines.slice(first, first + kMostLines);
  const found = telling.filter((line) => !isForeignFrame(line)).join('\n');
  const input = /Test unit written to (\S+)/.exec(output)?.[1] ?? null;
  return { runs, found: found.trim() || `it ended with ${status}`, input };
}

/** A stack frame in libFuzzer itself, the sanitizers, or a library. */
function isForeignFrame(line: string): boolean {
  return /^ +#\d+ /.test(line) && !/\/native-core\/(?!build\/)/.test(line);
}

/** The arguments of a target. Paths below the repository. */
export interface Search {
  readonly name: string;
  readonly seconds: number;
  /** 0: libFuzzer chooses one. */
  readonly seed: number;
  /** The first is kept, and grows; the others are only read. */
  readonly corpora: readonly string[];
  readonly dictionary: string | null;
}

export const kBuild = 'native-core/build/asan';

export function programOf(name: string): string {
  return `${kBuild}/fuzz_${name}`;
}

/** Longer inputs take longer and find nothing more: targets that test limits use small limits. */
const kLongestInput = 4096;
/** Only a hang takes this long, on any machine. */
const kHangSeconds = 600;

export function argumentsOf({
  name,
  seconds,
  seed,
  corpora,
  dictionary,
}: Search): readonly string[] {
  return [
    `-seed=${seed}`,
    `-max_total_time=${seconds}`,
    `-max_len=${kLongestInput}`,
    `-timeout=${kHangSeconds}`,
    `-artifact_prefix=${kBuild}/crashes/${name}-`,
    ...(dictionary === null ? [] : [`-dict=${dictionary}`]),
    ...corpora,
  ];
}
