/** What googletest prints while it runs, line by line. */

export interface Report {
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** What was printed while it ran. */
  readonly output: string;
}

/** The most characters kept of one test's output; of longer output, the end is kept. */
const kMaxOutput = 100_000;

/** A test without an end counts as running: only the caller sees how the process exits. */
export class ReportReader {
  /** The test that is running; null before the first, between two, and after the last. */
  running: string | null = null;
  /** What was printed since the last test began or ended. */
  output = '';

  /** The report of the test that ends with this line, or null. */
  line(text: string): Report | null {
    const begun = /\[ RUN {6}\] (\S+)$/.exec(text);
    if (begun?.[1] !== undefined) {
      this.running = begun[1];
      this.output = '';
      return null;
    }
    // A test's own output may precede it on the same line.
    const ended = /^(.*)\[ {2}( {5}OK|FAILED {1}|SKIPPED) \] ([^\s,]+).* \((\d+) ms\)$/.exec(text);
    if (ended === null || ended[3] !== this.running) {
      this.output = `${this.output}${text}\n`.slice(-kMaxOutput);
      return null;
    }
    const [, before = '', verdict = '', name = '', milliseconds] = ended;
    const output = before === '' ? this.output : `${this.output}${before}\n`;
    this.running = null;
    this.output = '';
    return { name, verdict: verdictOf(verdict), seconds: Number(milliseconds) / 1000, output };
  }
}

function verdictOf(word: string): Report['verdict'] {
  if (word.trim() === 'OK') return 'passed';
  return word.trim() === 'FAILED' ? 'failed' : 'skipped';
}

/** GTEST_SKIP's message: the lines after its location. */
export function skipReason(output: string): string {
  return output
    .split('\n')
    .filter((line) => !/^\S+:\d+: Skipped$/.test(line))
    .join(' ')
    .trim();
}

/** The names that `--gtest_list_tests` printed. */
export function listedTests(output: string): readonly string[] {
  const names: string[] = [];
  let suite = '';
  for (const line of output.split('\n')) {
    const [name = ''] = line.trim().split(/\s/);
    if (/^\S+\.(\s|$)/.test(line)) suite = name;
    else if (/^ {2}\S/.test(line)) names.push(suite + name);
  }
  return names;
}
