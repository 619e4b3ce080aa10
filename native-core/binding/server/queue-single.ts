/** A native thread does all I/O, and this one processes the requests that it queues. */

import type { OnHandlerError } from './dispatch.ts';
import { NativeServer, type NativeServerOptions } from './native-server.ts';
import { processQueue } from './queue-logic.ts';
import type { Routes } from './routes.ts';
import type { Server, Starting } from './server.ts';

export interface SingleParts extends Starting {
  readonly routes: Routes;
  readonly options: NativeServerOptions;
  readonly onError: OnHandlerError;
}

/** Listens and serves. Errors: rejects with those of NativeServer and `processQueue`. */
export async function startSingle(given: SingleParts): Promise<Server> {
  const { options, onListening, ...parts } = given;
  const native = new NativeServer(options, 1);
  try {
    onListening?.();
    const logic = processQueue({ ...parts, server: native.id });
    native.run();
    return {
      urls: native.urls,
      warnings: native.warnings,
      drain: async () => {
        await native.drain();
        logic.close();
        return [];
      },
      reopenLogs: () => native.reopenAccessLog(),
      change: () => {},
    };
  } catch (error) {
    native.close();
    throw error;
  }
}
