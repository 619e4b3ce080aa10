/** Limits of the process. Workers inherit them. */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface NativeLimits {
  /** Bytes as text, since they may exceed a number. Errors: throws EPERM. */
  readonly limitCoreFile: (bytes: string) => void;
  readonly limitAddressSpace: (bytes: string) => void;
}

const native: NativeLimits = addon as NativeLimits;

const kMostBytes = 2n ** 64n - 1n;
const kOctal = 8;

/** Null if it is a number of bytes. */
export function faultOfLimit(bytes: string): string | null {
  const isBytes = bytes === '' || (/^\d{1,20}$/.test(bytes) && BigInt(bytes) <= kMostBytes);
  return isBytes ? null : 'is not a number of bytes';
}

/** Null if they are permissions. */
export function faultOfUmask(octal: string): string | null {
  return /^0*[0-7]{0,3}$/.test(octal) ? null : 'is not an octal number from 0 to 777';
}

/** Sets the limits. Errors: throws EPERM for a limit above the current one. */
export function limitProcess({ limitCore, limitMemory, umask }: Config): void {
  if (umask !== '') process.umask(Number.parseInt(umask, kOctal));
  if (limitCore !== '') native.limitCoreFile(limitCore);
  if (limitMemory !== '') native.limitAddressSpace(limitMemory);
}
