/** Makes the pack's present output the expected output of its golden cases. */

import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asDiskError } from '../../disk/disk-error.ts';
import type { Bench } from './bench.ts';
import { goldenCases, producedFor } from './golden.ts';

/**
 * Returns the names of the cases. Errors: `UserError` if the disk refuses, or a case is invalid.
 */
export async function updateGolden(bench: Bench): Promise<readonly string[]> {
  const { root } = bench.open.folder;
  const cases = goldenCases(bench);
  for (const golden of cases) {
    const out = join(root, 'tests', golden.name, 'out');
    const produced = await producedFor(bench, golden);
    try {
      await rm(out, { recursive: true, force: true });
      for (const [path, text] of produced) {
        await mkdir(dirname(join(out, path)), { recursive: true });
        await writeFile(join(out, path), text);
        await chmod(join(out, path), 0o644);
      }
    } catch (thrown) {
      throw asDiskError(thrown, out);
    }
  }
  return cases.map(({ name }) => name);
}
