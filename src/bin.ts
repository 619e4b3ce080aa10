#!/usr/bin/env node
/** The program: the only place that catches everything, and the only one that exits the process. */

import { fail } from './cli/failure.ts';
import { run } from './cli/main.ts';
import { processHost } from './console/host.ts';
import { asDiskError } from './disk/disk-error.ts';
import { ExitCode } from './error.ts';
import { machineFacts } from './native/machine.ts';

const host = processHost(machineFacts);
let isOver = false;
process.on('exit', () => {
  if (isOver) return;
  // The code of a pack has exited the process, or awaits a promise that never settles: exit code 0
  // would be a lie.
  host.err.write(
    'The run stopped before it was finished: the code of a pack exited, or waits forever. ' +
      'Fix that code, or run again without the pack.\n',
  );
  process.exitCode = ExitCode.failure;
});
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes early (`| head`) isn't an error, and no reason to stop halfway.
    if (error.code === 'EPIPE') return;
    isOver = true;
    process.exit(fail(host, asDiskError(error, 'the output')));
  });
}
try {
  process.exitCode = await run(host);
} catch (thrown) {
  process.exitCode = fail(host, thrown);
}
isOver = true;
