/** What is wrong with the folders and files in a configuration, before they are needed. */

import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const { O_NONBLOCK, O_WRONLY, R_OK, W_OK, X_OK } = constants;

/** Null: files can be served from there. */
export function faultOfRoot(path: string): string | null {
  return faultIn(() => {
    if (!statSync(path).isDirectory()) return 'is not a folder';
    accessSync(path, R_OK | X_OK);
    return null;
  });
}

/**
 * Null: lines can be appended to it. Creates nothing; nor will a missing folder be created later.
 */
export function faultOfLog(path: string): string | null {
  return faultIn(() => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      accessSync(dirname(path), W_OK | X_OK);
    } else if (stat.isDirectory()) {
      return 'is a folder';
    } else if (stat.isFIFO()) {
      closeSync(openSync(path, O_WRONLY | O_NONBLOCK));
    } else {
      accessSync(path, W_OK);
    }
    return null;
  });
}

function faultIn(look: () => string | null): string | null {
  try {
    return look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'ENOENT':
        return 'does not exist, or its folder does not';
      case 'EACCES':
        return 'cannot be accessed by this user';
      case 'ENXIO':
        return 'is a FIFO without a reader';
      default:
        return String(code);
    }
  }
}
