/** A native thread does all I/O, and this one processes the requests that it queues. */

import type { OnHandlerError } from './dispatch.ts';
import { NativeServer, type NativeServerOptions } from './native-server.ts';
import { processQueue } from './queue-logic.ts';
import type { Routes } from './routes.ts';
import type { Server } from './server.ts';

export interface SingleParts {
  readonly routes: Routes;
  readonly options: NativeServerOptions;
  readonly onError: OnHandlerError;
}

/** Listens and serves. Errors: rejects with those of NativeServer and `processQueue`. */
export async function startSingle({ options, ...parts }: SingleParts): Promise<Server> {
  const native = new NativeServer(options, 1);
  try {
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
    };
  } catch (error) {
    native.close();
    throw error;
  }
}
