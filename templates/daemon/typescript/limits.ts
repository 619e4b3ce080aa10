/** Limits of the process, which its workers inherit. */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface NativeLimits {
  /** Bytes as a text: they may be more than a number holds. Errors: throws EPERM. */
  readonly limitCoreFile: (bytes: string) => void;
  readonly limitAddressSpace: (bytes: string) => void;
}

const native: NativeLimits = addon as NativeLimits;

const kMostBytes = 2n ** 64n - 1n;
const kOctal = 8;

/** Null: a number of bytes. */
export function faultOfLimit(bytes: string): string | null {
  const isBytes = bytes === '' || (/^\d{1,20}$/.test(bytes) && BigInt(bytes) <= kMostBytes);
  return isBytes ? null : 'is no number of bytes';
}

/** Null: permissions. */
export function faultOfUmask(octal: string): string | null {
  return /^0*[0-7]{0,3}$/.test(octal) ? null : 'is no octal number from 0 to 777';
}

/** Sets them. Errors: throws EPERM for a limit above what holds already. */
export function limitProcess({ limitCore, limitMemory, umask }: Config): void {
  if (umask !== '') process.umask(Number.parseInt(umask, kOctal));
  if (limitCore !== '') native.limitCoreFile(limitCore);
  if (limitMemory !== '') native.limitAddressSpace(limitMemory);
}
