/** Makes what a pack now produces in its golden cases the expected output. */

import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asDiskError } from '../../disk/disk-error.ts';
import type { Bench } from './bench.ts';
import { goldenCases, producedFor } from './golden.ts';

/** The names of the cases. Errors: `UserError` if the disk refuses, or a case makes no sense. */
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
