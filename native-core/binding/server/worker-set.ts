/** The workers of a server: started together, replaced when they fail, ended together. */

/** What a server tells a worker: to drain within so long, that its logs were renamed… */
export type WorkerOrder =
  | 'reopen-logs'
  | { readonly drainWithinMs: number }
  | { readonly changes: Changes };

/** Settings that have changed, by their names; plain values. */
export type Changes = Readonly<Record<string, unknown>>;

/** What a worker tells its server: that it serves, or what keeps it from ending in time. */
export type WorkerNews = 'serving' | { readonly stillBusy: string };

/** What a worker does when it is told to. */
export interface WorkerDuties {
  /** Resolves when nothing is under way any more. */
  readonly drain: () => Promise<void>;
  readonly reopenLogs: () => void;
  /** Settings have changed; not there: none can. */
  readonly onChanges?: ((changes: Changes) => void) | undefined;
}

/** A thread or a process that has been started. */
export interface StartedWorker {
  /** For the log: `worker-2`. */
  readonly name: string;
  readonly tell: (order: WorkerOrder) => void;
  readonly onNews: (listener: (news: WorkerNews) => void) => void;
  /** Once, when it has ended, with what ended it; whether it did so by itself. */
  readonly onEnd: (listener: (error: unknown, clean: boolean) => void) => void;
  /** Ends it at once; resolves when it has. */
  readonly end: () => Promise<void>;
}

export interface WorkerSetOptions {
  readonly size: number;
  /** Starts the worker for a place: anew each time that it has failed. */
  readonly start: (index: number) => StartedWorker;
  /** A worker has failed; a new one takes its place. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * How long a failed worker's place stays empty: the first time not at all, so that a crash costs
 * next to nothing; then doubled at each failure, up to the longest.
 */
const kFirstDelayMs = 100;
const kLongestDelayMs = 5_000;
/** So long after the deadline of a drain, workers that could tell why they last are through. */
export const kEndMs = 400;
/** A worker that has lived so long was sound: the next failure is a first one again. */
const kSoundAfterMs = 10_000;

let countRestart = (): void => {};

/** Has `count` called whenever a worker that has failed is replaced. */
export function countRestartsBy(count: () => void): void {
  countRestart = count;
}

interface Place {
  readonly index: number;
  worker: StartedWorker | null;
  startedAt: number;
  delayMs: number;
  restart: NodeJS.Timeout | null;
  /** Why its worker has not ended in time is known. */
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

  /** Resolves when all serve. Errors: rejects with what ended the first worker that did not. */
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
   * Every worker finishes what it has under way; resolves when all have ended, with what has failed
   * or had to be ended, since it was there still so long after.
   */
  drain(withinMs: number): Promise<readonly unknown[]> {
    this.drained ??= this.drainOnce(withinMs);
    return this.drained;
  }

  tell(order: WorkerOrder): void {
    for (const { worker } of this.places) worker?.tell(order);
  }

  /** Tells them what has changed; those that are started later hear of it too. */
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

  /** Whoever could not even tell that it is busy does not come back from a handler. */
  private cutOff(): void {
    for (const place of this.places) {
      if (place.worker === null || place.explained) continue;
      place.explained = true;
      const late = "had not come back from a handler at the drain's deadline";
      this.failures.push(new Error(`${place.worker.name} ${late}`));
    }
    // Whoever works outside of JavaScript ends with the process only.
    void this.terminate();
    this.onEmpty();
  }

  /** Resolves when the place's new worker serves, or rejects when it ends before that. */
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
      // Also what stands in the way of a start, such as a limit of tasks, may be over soon.
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
