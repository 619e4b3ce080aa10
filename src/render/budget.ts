/**
 * What rendering one file may cost. Nested loops turn a short template into a text that fills the
 * memory: rendering is stopped in time.
 */

/** The longest text of one file: 1 MiB. */
export const kMaxTextLength: number = 1 << 20;
/** Bodies of loops and blocks; each one counts, including inner ones. */
export const kMaxBodies = 100_000;
/** Of all bodies together: a text counts again for each loop around it. */
const kMaxWork = 1 << 24;

export class Budget {
  private bodies = 0;
  private work = 0;

  /** For the next file. */
  reset(): void {
    this.bodies = 0;
    this.work = 0;
  }

  /** Counts one rendered body. Errors: throws if it is one too many. */
  body(render: () => string): string {
    this.bodies += 1;
    if (this.bodies > kMaxBodies) throw new Error(`its loops run more than ${kMaxBodies} times`);
    const text = render();
    this.work += text.length;
    if (this.work > kMaxWork || text.length > kMaxTextLength) throw tooLong();
    return text;
  }

  /** Errors: throws for a text that is too long. */
  whole(text: string): string {
    if (text.length > kMaxTextLength) throw tooLong();
    return text;
  }
}

function tooLong(): Error {
  return new Error(`it renders more than ${kMaxTextLength} characters`);
}
