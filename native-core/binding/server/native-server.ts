/** A native server, which does all I/O on threads of its own, and its request queue. */

import { type NativeServer as Native, queue } from './native-queue.ts';
import { nativeLimit, nativeOptions, type QueueOptions, type ServerOptions } from './options.ts';
import { urlOf } from './server.ts';

export interface NativeServerOptions extends ServerOptions, QueueOptions {}

export class NativeServer {
  /** The number by which workers on any thread find it. */
  readonly id: number;
  readonly urls: readonly string[];
  readonly warnings: readonly string[];
  private readonly native: Native;
  private ended: Promise<void> = Promise.resolve();
  private drained: Promise<void> | null = null;

  /**
   * Listens, and lets clients wait. `workers` is the number of native threads.
   * Errors: throws EADDRINUSE, EACCES, ENOENT (the root) and others.
   */
  constructor(options: NativeServerOptions, workers: number) {
    this.native = new queue.Server({
      ...options,
      ...nativeOptions(options),
      maxConnections: nativeLimit(options.maxConnections),
      workers,
    });
    this.id = this.native.id;
    this.urls = this.native.addresses.map(urlOf);
    this.warnings = this.native.warnings;
  }

  /** Starts serving; call it once something processes the queue. */
  run(): void {
    this.ended = new Promise((resolve, reject) => {
      this.native.run((error) => (error === null ? resolve() : reject(error)));
    });
  }

  /**
   * Finishes pending requests. Errors: rejects with the error that has ended the native threads.
   */
  drain(): Promise<void> {
    this.drained ??= this.drainOnce();
    return this.drained;
  }

  close(): void {
    this.native.close();
  }

  reopenAccessLog(): void {
    this.native.reopenAccessLog();
  }

  private async drainOnce(): Promise<void> {
    this.native.drain();
    await this.ended;
    this.close();
  }
}
