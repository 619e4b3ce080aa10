/** `--reload`: makes a running server reread its settings, and waits for the outcome. */

import { addon } from '../server/native.ts';
import type { Reply } from '../server/settings/read.ts';

interface NativeReloadRequest {
  /** The process that has locked the file. Errors: throws if none has, with what to do next. */
  readonly findServer: (pidFile: string) => number;
  /** Blocks. Errors: throws if there is no answer in time, with what to do next. */
  readonly requestReload: (process: number, timeoutMs: number) => Reply;
}

const native: NativeReloadRequest = addon as NativeReloadRequest;

/** A server rereads its file at once; if it is busy, after a moment. */
const kPatienceMs = 10_000;
const kFailure = 1;
const kUsageError = 2;

/** `process`: its id, or empty for that in the PID file, if the server has one. */
export function requestReload(values: object, process: string): Reply {
  const pidFile = 'pidFile' in values ? values.pidFile : null;
  if (process === '' && pidFile === null) {
    const text = '--reload needs a process id, or --pid-file FILE if this server has one\n';
    return { text, exitCode: kUsageError };
  }
  try {
    const id = process === '' ? native.findServer(String(pidFile)) : Number(process);
    if (Number.isInteger(id) && id > 0) return native.requestReload(id, kPatienceMs);
    const text = `--reload: ${JSON.stringify(process)} is not a process id\n`;
    return { text, exitCode: kUsageError };
  } catch (error) {
    return { text: `${(error as Error).message}\n`, exitCode: kFailure };
  }
}
