/** A log's file: each line is written at once, without waiting. */

import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';

export interface LogFileOptions {
  /** Null: stderr. */
  readonly path: string | null;
  /** The line that reports how many lines were lost, and why: `ENOSPC`. */
  readonly lossLine: (lostCount: number, code: string) => string;
  /** Called for all lost lines. */
  readonly onLost?: (lineCount: number) => void;
}

const { O_APPEND, O_CREAT, O_NOCTTY, O_NONBLOCK, O_WRONLY } = constants;
const kStderr = 2;
const kMode = 0o640;
/** How much may wait for the slow reader of a pipe; further lines are lost. */
const kMaxWaitingBytes = 1024 * 1024;
/** How soon to try a pipe again, and a disk. */
const kPipeRetryMs = 100;
const kDiskRetryMs = 1000;
/** How often to try a pipe when the process exits. */
const kLastTries = 20;
const kLastTryMs = 10;

/** Lines that can't be written are lost and counted; the loss is reported as soon as possible. */
export class LogFile {
  private readonly options: LogFileOptions;
  private descriptor: number;
  private readonly waiting: Buffer[] = [];
  private waitingBytes = 0;
  /** The last write ended within a line. */
  private torn = false;
  private lostCount = 0;
  private lossCode = '';
  private retry: NodeJS.Timeout | null = null;

  /** Errors: throws those of open(2); ENXIO for a FIFO without a reader. */
  constructor(options: LogFileOptions) {
    this.options = options;
    this.descriptor = options.path === null ? openStderr() : open(options.path);
    process.on('exit', () => this.finish());
  }

  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.waitingBytes + bytes.length > kMaxWaitingBytes) {
      this.lose(1, 'EAGAIN');
    } else {
      this.waiting.push(bytes);
      this.waitingBytes += bytes.length;
    }
    this.flush();
  }

  /**
   * Continues in a new file. Errors: those of the constructor; then the current file stays in use.
   */
  reopen(): void {
    if (this.options.path === null) return;
    const next = open(this.options.path);
    closeSync(this.descriptor);
    this.descriptor = next;
    this.torn = false;
  }

  private flush(): void {
    try {
      this.tellLoss();
      for (let bytes = this.waiting[0]; bytes !== undefined; bytes = this.waiting[0]) {
        const written = writeSync(this.descriptor, bytes);
        this.waitingBytes -= written;
        this.torn = written < bytes.length;
        if (this.torn) this.waiting[0] = bytes.subarray(written);
        else this.waiting.shift();
      }
    } catch (error) {
      this.onFault((error as NodeJS.ErrnoException).code ?? '');
    }
  }

  /** Waits if a partly written line may still be completed. */
  private tellLoss(): void {
    const { lostCount, lossCode } = this;
    if (lostCount === 0 || (this.torn && this.waiting.length > 0)) return;
    const line = this.options.lossLine(lostCount, lossCode);
    writeSync(this.descriptor, this.torn ? `\n${line}` : line);
    this.torn = false;
    this.lostCount = 0;
  }

  private onFault(code: string): void {
    const isPipe = code === 'EAGAIN';
    if (!isPipe) {
      this.lose(this.waiting.length, code);
      this.waiting.length = 0;
      this.waitingBytes = 0;
    }
    if (this.retry !== null) return;
    const again = (): void => {
      this.retry = null;
      this.flush();
    };
    this.retry = setTimeout(again, isPipe ? kPipeRetryMs : kDiskRetryMs).unref();
  }

  private lose(count: number, code: string): void {
    this.lostCount += count;
    this.lossCode = code;
    this.options.onLost?.(count);
  }

  private finish(): void {
    const asleep = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    for (let tries = 0; this.waiting.length > 0 && tries < kLastTries; tries++) {
      if (tries > 0) Atomics.wait(asleep, 0, 0, kLastTryMs);
      this.flush();
    }
  }
}

function open(path: string): number {
  return openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_NONBLOCK, kMode);
}

/** Opened separately: other programs sharing our pipe or terminal expect it to block. */
function openStderr(): number {
  const stat = fstatSync(kStderr);
  if (!stat.isFIFO() && !stat.isCharacterDevice()) return kStderr;
  try {
    return openSync(`/proc/self/fd/${kStderr}`, O_WRONLY | O_NOCTTY | O_NONBLOCK);
  } catch {
    return kStderr;
  }
}
