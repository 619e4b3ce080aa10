/** The folder that becomes the server's root directory. */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface NativeRoot {
  readonly mayChangeRoot: () => boolean;
  /** Errors: throws EPERM and others of chroot(2). */
  readonly changeRoot: (folder: string) => void;
}

const native: NativeRoot = addon as NativeRoot;

/** Why that folder can't become the root directory; null if it can. */
export function faultOfChroot(_: string): string | null {
  if (native.mayChangeRoot()) return null;
  return 'needs root: start the server as root, or set it to off';
}

/** Makes the configured folder "/". Errors: throws those of chroot(2). */
export function enterRoot({ chroot }: Config): void {
  if (chroot !== null) native.changeRoot(chroot);
}
