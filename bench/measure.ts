/** One measurement: wrk against a server, or ten thousand silent connections. */

import { join } from 'node:path';
import { cpuSeconds, proportionalBytes } from '../src/load/process-tree.ts';
import { begin, finish } from '../src/load/programs.ts';
import { wrkReport } from '../src/load/wrk.ts';
import type { Row } from './rows.ts';
import type { Started } from './servers.ts';

/** A figure that doesn't apply is null. */
export interface Sample {
  readonly requestsPerSecond: number | null;
  readonly cpuMicroseconds: number | null;
  readonly bytesPerConnection: number | null;
  /** The 99th percentile of the latencies; null unless wrk is told to report latencies. */
  readonly p99Milliseconds: number | null;
  /** wrk's own complaints: socket errors, statuses other than 2xx. */
  readonly trouble: string | null;
}

export interface Loading {
  readonly seconds: number;
  readonly threads: number;
  /** A list for taskset(1), or null for any core. */
  readonly cores: string | null;
}

/** Errors: wrk fails or completes no request. */
export async function measureLoad(row: Row, server: Started, load: Loading): Promise<Sample> {
  const pin = load.cores === null ? [] : ['taskset', '-c', load.cores];
  const wrk = (seconds: number): readonly string[] => [
    ...[...pin, 'wrk', '-t', String(load.threads), '-c', String(row.connections)],
    ...['-d', `${seconds}s`, ...row.wrk, `${server.url}${row.path}`],
  ];
  // Just-in-time compilers and caches warm up for half of the measuring time.
  await finish(wrk(Math.max(1, Math.round(load.seconds / 2))));
  const before = server.pid === 0 ? 0 : cpuSeconds(server.pid);
  const text = await finish(wrk(load.seconds));
  const cpu = server.pid === 0 ? null : cpuSeconds(server.pid) - before;
  const { requestCount, ...report } = wrkReport(text);
  if (requestCount === 0) throw new Error(`no request was completed:\n${text}`);
  return {
    ...report,
    cpuMicroseconds: cpu === null ? null : (cpu * 1e6) / requestCount,
    bytesPerConnection: null,
  };
}

/**
 * User memory per idle connection: the growth of the server's process tree, divided by the number
 * of connections.
 */
export async function measureIdle(row: Row, server: Started): Promise<Sample> {
  const before = proportionalBytes(server.pid);
  const script = join(import.meta.dirname, 'idle-clients.ts');
  const clients = await begin(
    [process.execPath, '--import', 'tsx', script, server.url + row.path, String(row.connections)],
    import.meta.dirname,
    (text) => /^open /m.test(text),
  );
  const open = Number(/^open (\d+)/m.exec(clients.output())?.[1]);
  const grown = proportionalBytes(server.pid) - before;
  clients.end();
  return {
    requestsPerSecond: null,
    cpuMicroseconds: null,
    bytesPerConnection: grown / open,
    p99Milliseconds: null,
    trouble: open === row.connections ? null : `only ${open} connections`,
  };
}
