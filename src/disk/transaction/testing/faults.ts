/** For tests: a file system that dies or refuses at a given call. */

import { type FileSystem, kNodeFileSystem } from '../../file-system.ts';

/** The process dies here, as far as a test within one process can express it. */
export class Killed extends Error {}

/** Unsynced data survives the process, though not a machine crash: tests save the time. */
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

/** The nth call is refused; later ones only if `further` says so. */
export function refusedAt(nth: number, code: string, further: 'once' | 'always'): FileSystem {
  return watched((call) => {
    if (call === nth || (further === 'always' && call > nth)) {
      throw Object.assign(new Error(code), { code });
    }
  });
}
