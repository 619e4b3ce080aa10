/** A pipe without room for another byte: a writer blocks until its text is read. */

import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const kPieceBytes = 4096;

export class StalledPipe {
  /** For the writer: blocking is a property of each open file description, and this one blocks. */
  readonly writer: number;
  private readonly reader: number;
  private heard = '';

  /** For a FIFO whose only reader this is. */
  constructor(fifo: string) {
    this.reader = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    this.writer = openSync(fifo, constants.O_WRONLY);
    const piece = Buffer.alloc(kPieceBytes, '\n');
    while (hasRoom(() => writeSync(this.reader, piece) === kPieceBytes));
  }

  /** Reads until the pattern appears, or the test's time is over. */
  async until(pattern: RegExp): Promise<void> {
    const piece = Buffer.alloc(kPieceBytes);
    while (!pattern.test(this.heard)) {
      const more = hasRoom(() => {
        this.heard += piece.toString('utf8', 0, readSync(this.reader, piece));
        return true;
      });
      if (!more) await setTimeout(10);
    }
  }

  close(): void {
    closeSync(this.writer);
    closeSync(this.reader);
  }
}

/** False if the call would block. */
function hasRoom(call: () => boolean): boolean {
  try {
    return call();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false;
    throw error;
  }
}
