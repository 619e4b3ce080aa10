/** The workers of a server: started together, replaced when they fail, ended together. */

/** What a server tells a worker. */
export type WorkerOrder = 'drain' | 'reopen-logs';

/** A thread or a process that has been started. */
export interface StartedWorker {
  readonly tell: (order: WorkerOrder) => void;
  /** Once it serves. */
  readonly onServing: (listener: () => void) => void;
  /** Once it has ended, with what ended it if nobody has told it to. */
  readonly onEnd: (listener: (error: unknown) => void) => void;
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
/** A worker that has lived so long was sound: the next failure is a first one again. */
const kSoundAfterMs = 10_000;

interface Place {
  readonly index: number;
  worker: StartedWorker | null;
  startedAt: number;
  delayMs: number;
  restart: NodeJS.Timeout | null;
}

export class WorkerSet {
  private readonly options: WorkerSetOptions;
  private readonly places: readonly Place[];
  private ending = false;
  private onEmpty: () => void = () => {};

  private constructor(options: WorkerSetOptions) {
    this.options = options;
    this.places = Array.from({ length: options.size }, (_, index) => {
      return { index, worker: null, startedAt: 0, delayMs: 0, restart: null };
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

  /** Every worker finishes what it has under way; resolves when all have ended. */
  drain(): Promise<void> {
    this.ending = true;
    for (const place of this.places) {
      if (place.restart !== null) clearTimeout(place.restart);
      place.restart = null;
    }
    const empty = new Promise<void>((resolve) => {
      this.onEmpty = resolve;
    });
    this.tell('drain');
    this.checkEmpty();
    return empty;
  }

  tell(order: WorkerOrder): void {
    for (const { worker } of this.places) worker?.tell(order);
  }

  /** Resolves when the place's new worker serves, or rejects when it ends before that. */
  private fill(place: Place): Promise<void> {
    place.startedAt = performance.now();
    const worker = this.options.start(place.index);
    place.worker = worker;
    return new Promise((resolve, reject) => {
      let serves = false;
      worker.onServing(() => {
        serves = true;
        resolve();
      });
      worker.onEnd((error) => {
        if (serves) this.onExit(place, error);
        else reject(error);
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
