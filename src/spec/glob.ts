/** Globs by picomatch, loaded when first needed: most commands compile none. */

import { createRequire } from 'node:module';
import type picomatch from 'picomatch';
import type { PicomatchOptions } from 'picomatch';

const require = createRequire(import.meta.url);

/** Returns a test for the paths a glob matches. */
export function matcherOf(glob: string, options: PicomatchOptions): (path: string) => boolean {
  const compile: typeof picomatch = require('picomatch');
  return compile(glob, options);
}
