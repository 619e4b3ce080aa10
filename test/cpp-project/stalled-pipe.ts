/** A pipe without room for another byte: whoever writes to it waits, until it is heard out. */

import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const kPieceBytes = 4096;

export class StalledPipe {
  /** For who writes: to wait or not is a matter of each description, and this one waits. */
  readonly writer: number;
  private readonly reader: number;
  private heard = '';

  /** Of a FIFO, of which this is the only reader. */
  constructor(fifo: string) {
    this.reader = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    this.writer = openSync(fifo, constants.O_WRONLY);
    const piece = Buffer.alloc(kPieceBytes, '\n');
    while (hasRoom(() => writeSync(this.reader, piece) === kPieceBytes));
  }

  /** Reads on until that was said, or the test's time is over. */
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

/** False where the call would have to wait. */
function hasRoom(call: () => boolean): boolean {
  try {
    return call();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false;
    throw error;
  }
}
