/**
 * What rendering one file may cost. A loop in a loop in a loop is a short template and a text that
 * fills the memory: it is stopped while it renders.
 */

/** The longest text of one file: 1 MiB. */
export const kMaxTextLength: number = 1 << 20;
/** Bodies of loops and blocks; each one is counted, the inner ones too. */
export const kMaxBodies = 100_000;
/** Of all bodies together: a text is counted again by each loop that it stands in. */
const kMaxWork = 1 << 24;

export class Budget {
  private bodies = 0;
  private work = 0;

  /** For the next file. */
  reset(): void {
    this.bodies = 0;
    this.work = 0;
  }

  /** Counts one body that is rendered. Errors: throws where it is one too many. */
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
