#!/usr/bin/env node
/** The program: the only place that catches everything, and the only one that ends the process. */

import { fail } from './cli/failure.ts';
import { run } from './cli/main.ts';
import { processHost } from './console/host.ts';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const host = processHost();
try {
  process.exitCode = await run(host);
} catch (thrown) {
  process.exitCode = fail(host, thrown);
}
