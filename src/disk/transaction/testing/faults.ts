/** For tests: a file system on which the process dies, or which refuses, at a given call. */

import { type FileSystem, kNodeFileSystem } from '../../file-system.ts';

/** The process's death, as far as a test can simulate it without a second process. */
export class Killed extends Error {}

/** Without syncs: they matter only if the machine crashes, and here only the process dies. */
const kUnsynced: FileSystem = { ...kNodeFileSystem, sync: async () => {} };

/** Calls `before` with the number (from 1) and name of each call that changes the disk. */
export function watched(
  before: (nth: number, name: keyof FileSystem, args: readonly unknown[]) => void,
  real: FileSystem = kUnsynced,
): FileSystem {
  let calls = 0;
  const watch = <A extends readonly unknown[], T>(
    name: keyof FileSystem,
    call: (...args: A) => Promise<T>,
  ) => {
    return async (...args: A): Promise<T> => {
      calls++;
      before(calls, name, args);
      return await call(...args);
    };
  };
  return {
    makeFolder: watch('makeFolder', real.makeFolder),
    makeStaging: watch('makeStaging', real.makeStaging),
    writeFile: watch('writeFile', real.writeFile),
    changeMode: watch('changeMode', real.changeMode),
    changeOwner: watch('changeOwner', real.changeOwner),
    sync: watch('sync', real.sync),
    rename: watch('rename', real.rename),
    removeFile: watch('removeFile', real.removeFile),
    removeFolder: watch('removeFolder', real.removeFolder),
    remove: watch('remove', real.remove),
  };
}

/** The process is dead from the nth call on. */
export function killedAt(nth: number): FileSystem {
  return watched((call) => {
    if (call >= nth) throw new Killed();
  });
}

/** Refuses the nth call, and all later ones if `further` is `always`. */
export function refusedAt(nth: number, code: string, further: 'once' | 'always'): FileSystem {
  return watched((call) => {
    if (call === nth || (further === 'always' && call > nth)) {
      throw Object.assign(new Error(code), { code });
    }
  });
}
