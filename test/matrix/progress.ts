/** The progress: on a terminal one line that is rewritten, otherwise a line per finished row. */

import type { Row } from './row.ts';

export class Progress {
  private finished = 0;
  private failed = 0;
  private readonly total: number;
  private readonly terminal: boolean = process.stdout.isTTY;

  constructor(total: number) {
    this.total = total;
  }

  stage(text: string): void {
    if (this.terminal) process.stdout.write(`\r\x1b[K${text}`);
    else console.log(text);
  }

  row(row: Row): void {
    this.finished += 1;
    const passed = row.failures.length === 0;
    if (!passed) this.failed += 1;
    if (!this.terminal || !passed) this.tell(row);
    const failures = this.failed === 0 ? '' : `, ${this.failed} failed`;
    if (this.terminal) this.stage(`${this.finished}/${this.total}${failures}: ${row.id}`);
  }

  /** A line for the row, and its faults. */
  tell(row: Row): void {
    this.clear();
    const verdict = row.failures.length === 0 ? 'ok  ' : 'FAIL';
    console.log(`${verdict} ${row.id} (${row.seconds.toFixed(1)} s)`);
    for (const failure of row.failures.slice(0, 5)) console.log(`     ${shortened(failure)}`);
    if (row.log !== null) console.log(`     everything: ${row.log}`);
  }

  clear(): void {
    if (this.terminal) process.stdout.write('\r\x1b[K');
  }
}

function shortened(text: string): string {
  const lines = text.split('\n').slice(0, 12).join('\n     ');
  return lines.length > 1500 ? `${lines.slice(0, 1500)} …` : lines;
}
