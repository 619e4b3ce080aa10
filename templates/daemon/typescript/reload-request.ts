/** `--reload`: has a server that runs read its settings anew, and waits for what comes of it. */

import { addon } from '../server/native.ts';
import type { Reply } from '../server/settings/read.ts';

interface NativeReloadRequest {
  /** Which process has the file locked. Errors: throws where none has, with what to do next. */
  readonly findServer: (pidFile: string) => number;
  /** Blocks. Errors: throws where nobody answers within so long, with what to do next. */
  readonly requestReload: (process: number, timeoutMs: number) => Reply;
}

const native: NativeReloadRequest = addon as NativeReloadRequest;

/** A server reads its file at once; where it is busy, after a moment. */
const kPatienceMs = 10_000;
const kFailure = 1;
const kUsageError = 2;

/** `process`: its id; empty: that of the PID file, where the server has one. */
export function requestReload(values: object, process: string): Reply {
  const pidFile = 'pidFile' in values ? values.pidFile : null;
  if (process === '' && pidFile === null) {
    const text = '--reload: which process? Name it, or its --pid-file where it has one\n';
    return { text, exitCode: kUsageError };
  }
  try {
    const id = process === '' ? native.findServer(String(pidFile)) : Number(process);
    if (Number.isInteger(id) && id > 0) return native.requestReload(id, kPatienceMs);
    const text = `--reload: ${JSON.stringify(process)} is no id of a process\n`;
    return { text, exitCode: kUsageError };
  } catch (error) {
    return { text: `${(error as Error).message}\n`, exitCode: kFailure };
  }
}
