/** The workers of a server: started together, replaced if they fail, ended together. */

/** A server's order to a worker: to drain within a time, that its logs were renamed… */
export type WorkerOrder =
  | 'reopen-logs'
  | { readonly drainWithinMs: number }
  | { readonly changes: Changes };

/** Changed settings by name; plain values. */
export type Changes = Readonly<Record<string, unknown>>;

/** A worker's news to its server: that it serves, or what keeps it from ending in time. */
export type WorkerNews = 'serving' | { readonly stillBusy: string };

/** How a worker obeys its orders. */
export interface WorkerDuties {
  /** Resolves when nothing is pending any more. */
  readonly drain: () => Promise<void>;
  readonly reopenLogs: () => void;
  /** Applies changed settings; if missing, none can be changed. */
  readonly onChanges?: ((changes: Changes) => void) | undefined;
}

/** A thread or a process that was started. */
export interface StartedWorker {
  /** For the log: `worker-2`. */
  readonly name: string;
  readonly tell: (order: WorkerOrder) => void;
  readonly onNews: (listener: (news: WorkerNews) => void) => void;
  /** Called once, when it has ended, with the cause and whether it ended by itself. */
  readonly onEnd: (listener: (error: unknown, clean: boolean) => void) => void;
  /** Ends it at once; resolves when it has ended. */
  readonly end: () => Promise<void>;
}

export interface WorkerSetOptions {
  readonly size: number;
  /** Starts the worker for a place, again after each failure. */
  readonly start: (index: number) => StartedWorker;
  /** A worker has failed; a new one takes its place. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * How long a failed worker's place stays empty: the first time not at all, so a crash costs next to
 * nothing; then doubled with each failure, up to the longest.
 */
const kFirstDelayMs = 100;
const kLongestDelayMs = 5_000;
/**
 * This long after a drain's deadline, workers that can still report what keeps them have done so.
 */
export const kEndMs = 400;
/** A worker that lived this long was healthy: its next failure counts as the first again. */
const kSoundAfterMs = 10_000;

let countRestart = (): void => {};

/** Calls `count` whenever a failed worker is replaced. */
export function countRestartsBy(count: () => void): void {
  countRestart = count;
}

interface Place {
  readonly index: number;
  worker: StartedWorker | null;
  startedAt: number;
  delayMs: number;
  restart: NodeJS.Timeout | null;
  /** The reason why its worker has not ended in time is known. */
  explained: boolean;
}

export class WorkerSet {
  private readonly options: WorkerSetOptions;
  private readonly places: readonly Place[];
  private readonly failures: unknown[] = [];
  private drained: Promise<readonly unknown[]> | null = null;
  private ending = false;
  private changes: Changes | null = null;
  private onEmpty: () => void = () => {};

  private constructor(options: WorkerSetOptions) {
    this.options = options;
    this.places = Array.from({ length: options.size }, (_, index) => {
      return { index, worker: null, startedAt: 0, delayMs: 0, restart: null, explained: false };
    });
  }

  /**
   * Resolves when all serve. Errors: rejects with the error that ended the first worker that
   * didn't.
   */
  static async start(options: WorkerSetOptions): Promise<WorkerSet> {
    const workers = new WorkerSet(options);
    try {
      await Promise.all(workers.places.map((place) => workers.fill(place)));
    } catch (error) {
      await workers.terminate();
      throw error;
    }
    return workers;
  }

  /**
   * Every worker finishes its pending work; resolves when all have ended, with the errors of those
   * that failed, or had to be ended because they took too long.
   */
  drain(withinMs: number): Promise<readonly unknown[]> {
    this.drained ??= this.drainOnce(withinMs);
    return this.drained;
  }

  tell(order: WorkerOrder): void {
    for (const { worker } of this.places) worker?.tell(order);
  }

  /** Tells the workers what has changed; workers started later are told too. */
  change(changes: Changes): void {
    this.changes = { ...this.changes, ...changes };
    this.tell({ changes });
  }

  private async drainOnce(withinMs: number): Promise<readonly unknown[]> {
    this.ending = true;
    for (const place of this.places) {
      if (place.restart !== null) clearTimeout(place.restart);
      place.restart = null;
    }
    const empty = new Promise<void>((resolve) => {
      this.onEmpty = resolve;
    });
    const deadline = setTimeout(() => this.cutOff(), withinMs + kEndMs);
    this.tell({ drainWithinMs: withinMs });
    this.checkEmpty();
    await empty;
    clearTimeout(deadline);
    return this.failures;
  }

  /** A worker that couldn't even report that it is busy is stuck in a handler. */
  private cutOff(): void {
    for (const place of this.places) {
      if (place.worker === null || place.explained) continue;
      place.explained = true;
      const late = "had not returned from a handler at the drain's deadline";
      this.failures.push(new Error(`${place.worker.name} ${late}`));
    }
    // A worker busy outside of JavaScript ends only with the process.
    void this.terminate();
    this.onEmpty();
  }

  /** Resolves when the place's new worker serves, or rejects if it ends before that. */
  private async fill(place: Place): Promise<void> {
    place.startedAt = performance.now();
    const worker = this.options.start(place.index);
    place.worker = worker;
    await new Promise<void>((resolve, reject) => {
      let serves = false;
      worker.onNews((news) => {
        if (news === 'serving') {
          serves = true;
          if (this.changes !== null) worker.tell({ changes: this.changes });
          resolve();
        } else {
          place.explained = true;
          this.failures.push(new Error(`${worker.name}: ${news.stillBusy}`));
        }
      });
      worker.onEnd((error, clean) => {
        if (!serves) return reject(error);
        if (this.ending && !clean && !place.explained) this.failures.push(error);
        this.onExit(place, error);
      });
    });
  }

  private onExit(place: Place, error: unknown): void {
    place.worker = null;
    if (this.ending) {
      this.checkEmpty();
      return;
    }
    this.options.onFailure(error);
    const lived = performance.now() - place.startedAt;
    if (lived > kSoundAfterMs) place.delayMs = 0;
    this.refillLater(place);
  }

  private refillLater(place: Place): void {
    const { delayMs } = place;
    place.delayMs = Math.min(Math.max(2 * delayMs, kFirstDelayMs), kLongestDelayMs);
    place.restart = setTimeout(() => {
      place.restart = null;
      countRestart();
      // What prevents a start, such as a limit of tasks, may also pass soon.
      this.fill(place).catch((error) => this.onExit(place, error));
    }, delayMs);
  }

  private checkEmpty(): void {
    if (this.places.every(({ worker }) => worker === null)) this.onEmpty();
  }

  private async terminate(): Promise<void> {
    this.ending = true;
    await Promise.all(this.places.map(({ worker }) => worker?.end()));
  }
}
