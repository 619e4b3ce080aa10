/** A short load and a clean shutdown. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { wrkReport } from '../../src/load/wrk.ts';
import { launch, type Target } from '../blackbox/server.ts';
import type { Part } from './row.ts';

/** The minimum number of requests, on however slow a machine. */
const kLeastRequests = 1000;
/** Rounds after which a server is considered hung. */
const kPatience = 30;

/** Runs wrk repeatedly until it has sent enough; then SIGTERM: no error, and a clean shutdown. */
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
    let count = 0;
    for (let rounds = 0; count < kLeastRequests && failures.length === 0; rounds += 1) {
      if (rounds === kPatience) throw new Error(`only ${count} requests were answered`);
      const scale = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '60s'];
      const { stdout } = await promisify(execFile)('wrk', [...scale, url]);
      const { trouble, ...report } = wrkReport(stdout);
      count += report.requestCount;
      requestsPerSecond ??= report.requestsPerSecond;
      if (trouble !== null) failures.push(`load: ${trouble}`);
    }
    output = server.output();
    await server.stop();
  } catch (error) {
    failures.push(`load: ${error}`);
  }
  return { failures, output, requestsPerSecond };
}
