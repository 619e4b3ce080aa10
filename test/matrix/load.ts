/** A short load and a clean end. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { launch, type Target } from '../blackbox/server.ts';
import type { Part } from './row.ts';

/** wrk for so long, then SIGTERM: no error, and a clean end. */
export async function runLoad(
  target: Target,
  seconds: number,
): Promise<Part & { readonly requestsPerSecond: number | null }> {
  const failures: string[] = [];
  let requestsPerSecond: number | null = null;
  let output = '';
  try {
    const server = await launch(target, []);
    if (!('port' in server.address)) throw new Error('no port');
    const connections = String(Math.min(64, target.capacity ?? 64));
    const url = `http://127.0.0.1:${server.address.port}/plaintext`;
    const { stdout } = await promisify(execFile)('wrk', [
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      url,
    ]);
    requestsPerSecond = Number(/Requests\/sec: +([\d.]+)/.exec(stdout)?.[1] ?? 0);
    const trouble = /^ +(Socket errors: .*|Non-2xx or 3xx responses: \d+)$/m.exec(stdout)?.[1];
    if (trouble !== undefined) failures.push(`load: ${trouble}`);
    if (requestsPerSecond === 0) failures.push(`load: no request was answered\n${stdout}`);
    output = server.output();
    await server.stop();
  } catch (error) {
    failures.push(`load: ${error}`);
  }
  return { failures, output, requestsPerSecond };
}
