#!/usr/bin/env node
/** The program: the only place that catches everything, and the only one that ends the process. */

import { fail } from './cli/failure.ts';
import { run } from './cli/main.ts';
import { processHost } from './console/host.ts';
import { asDiskError } from './disk/disk-error.ts';

const host = processHost();
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no failure, and no reason to stop halfway.
    if (error.code === 'EPIPE') return;
    process.exit(fail(host, asDiskError(error, 'the output')));
  });
}
try {
  process.exitCode = await run(host);
} catch (thrown) {
  process.exitCode = fail(host, thrown);
}
