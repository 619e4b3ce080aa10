/** For tests: a fresh folder for each test of a file. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { kFastFolder } from '../../testing.ts';

export interface World {
  /** Empty when a test starts; removed when it ends. */
  readonly path: string;
}

export function worldOfEachTest(name: string): World {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(kFastFolder, `${name}-`));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
  };
}
