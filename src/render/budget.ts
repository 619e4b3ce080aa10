/**
 * Limits what rendering one file may cost: with nested loops, a short template can produce a text
 * that fills the memory.
 */

/** The longest text of one file: 1 MiB. */
export const kMaxTextLength: number = 1 << 20;
/** The most bodies of loops and blocks to render, inner ones included. */
export const kMaxBodies = 100_000;
/** The most characters in all bodies together: a text counts once more for each loop around it. */
const kMaxWork = 1 << 24;

export class Budget {
  private bodies = 0;
  private work = 0;

  /** Starts again, for the next file. */
  reset(): void {
    this.bodies = 0;
    this.work = 0;
  }

  /** Renders a body, and counts it. Errors: throws if that exceeds the budget. */
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
