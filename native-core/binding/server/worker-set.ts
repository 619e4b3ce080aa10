/** The worker threads of a server: started together, replaced when they fail, ended together. */

import { Worker } from 'node:worker_threads';

/** What the main thread tells a worker. */
export type WorkerOrder = 'drain' | 'reopen-logs';

/** What a worker is started with. */
export interface WorkerStart<Config> {
  readonly server: number;
  /** Which of the server's sockets are its own; null: connections are handed to it. */
  readonly shard: number | null;
  readonly config: Config;
}

export interface WorkerSetOptions<Config> {
  /** The module that each worker runs: it calls `serveAsWorker`. */
  readonly module: URL;
  readonly server: number;
  readonly size: number;
  /** Whether each worker accepts from sockets of its own. */
  readonly sharded: boolean;
  /** Handed to every worker: a plain value. */
  readonly config: Config;
  /** A worker has failed; a new one takes its place. */
  readonly onFailure: (error: unknown) => void;
}

/** How long a failed worker's place stays empty: doubled at each failure, up to the longest. */
const kFirstDelayMs = 100;
const kLongestDelayMs = 5_000;
/** A worker that has lived so long was sound: the next failure is a first one again. */
const kSoundAfterMs = 10_000;

interface Place {
  readonly shard: number;
  worker: Worker | null;
  startedAt: number;
  delayMs: number;
  restart: NodeJS.Timeout | null;
}

export class WorkerSet<Config> {
  private readonly options: WorkerSetOptions<Config>;
  private readonly places: readonly Place[];
  private ending = false;
  private onEmpty: () => void = () => {};

  private constructor(options: WorkerSetOptions<Config>) {
    this.options = options;
    this.places = Array.from({ length: options.size }, (_, shard) => {
      return { shard, worker: null, startedAt: 0, delayMs: kFirstDelayMs, restart: null };
    });
  }

  /** Resolves when all serve. Errors: rejects with what ended the first worker that did not. */
  static async start<Config>(options: WorkerSetOptions<Config>): Promise<WorkerSet<Config>> {
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
    for (const { worker } of this.places) worker?.postMessage(order);
  }

  /** Resolves when the place's new worker serves, or rejects when it ends before that. */
  private fill(place: Place): Promise<void> {
    const { module, server, sharded, config } = this.options;
    const start: WorkerStart<Config> = { server, shard: sharded ? place.shard : null, config };
    const worker = new Worker(module, { workerData: start, name: `worker-${place.shard}` });
    place.worker = worker;
    place.startedAt = performance.now();
    let failure: unknown = null;
    worker.once('error', (error) => {
      failure = error;
    });
    return new Promise((resolve, reject) => {
      let serves = false;
      worker.once('message', () => {
        serves = true;
        resolve();
      });
      worker.once('exit', (code) => {
        const error = failure ?? new Error(`worker ${place.shard} has ended with code ${code}`);
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
    if (lived > kSoundAfterMs) place.delayMs = kFirstDelayMs;
    this.refillLater(place);
  }

  private refillLater(place: Place): void {
    const { delayMs } = place;
    place.delayMs = Math.min(2 * delayMs, kLongestDelayMs);
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
    await Promise.all(this.places.map(({ worker }) => worker?.terminate()));
  }
}
