/** The file that says which process the server is. */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface NativePidFile {
  /** Locks the file and writes this process's id. Errors: throws with what to do next. */
  readonly claimPidFile: (path: string) => void;
  /** Removes it, or empties it where it can't be removed any more. */
  readonly releasePidFile: () => void;
}

const native: NativePidFile = addon as NativePidFile;

/** Claims it for as long as the process lasts. Errors: throws where another server has it. */
export function claimPidFile({ pidFile }: Config): void {
  if (pidFile === null) return;
  native.claimPidFile(pidFile);
  process.on('exit', () => native.releasePidFile());
}
