/** How many of the requests get a line in the access log. */

import { addon } from './native.ts';

interface NativeAccess {
  readonly sampleAccessLog: (count: number) => void;
}

/** One of so many, from now on, in this process. */
export function sampleAccessLog(count: number): void {
  (addon as NativeAccess).sampleAccessLog(count);
}
