/** How many requests get a line in the access log. */

import { addon } from './native.ts';

interface NativeAccess {
  readonly sampleAccessLog: (count: number) => void;
}

/** From now on, logs one of `count` requests of this process. */
export function sampleAccessLog(count: number): void {
  (addon as NativeAccess).sampleAccessLog(count);
}
