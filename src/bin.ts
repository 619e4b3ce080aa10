#!/usr/bin/env node
/** The program: the only place that catches everything, and the only one that ends the process. */

import { processHost } from './console/host.ts';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const host = processHost();
try {
  const { run } = await import('./cli/main.ts');
  process.exitCode = await run(host);
} catch (thrown) {
  const { fail } = await import('./cli/failure.ts');
  process.exitCode = fail(host, thrown);
}
