/**
 * Builds every server started by the tests of this folder and of test/blackbox, before any of them
 * runs: `npx tsx test/matrix/prepare.ts`. A server not yet built is built by its test.
 */

import { subjects } from '../blackbox/targets.ts';
import { builtServers } from './servers.ts';

/** Errors: what the failed command has printed. */
export async function prepare(): Promise<void> {
  await builtServers();
  for (const subject of subjects()) await subject.prepare();
}

if (process.argv[1] === import.meta.filename) await prepare();
