/** The report wrk prints when it finishes: github.com/wg/wrk. */

export interface WrkReport {
  readonly requestCount: number;
  readonly requestsPerSecond: number;
  /** Null without `--latency`. */
  readonly p99Milliseconds: number | null;
  /** wrk's own complaints: socket errors, statuses other than 2xx and 3xx. */
  readonly trouble: string | null;
}

export function wrkReport(text: string): WrkReport {
  return {
    requestCount: Number(/(\d+) requests in /.exec(text)?.[1] ?? 0),
    requestsPerSecond: Number(/Requests\/sec: +([\d.]+)/.exec(text)?.[1] ?? 0),
    p99Milliseconds: latencyIn(text),
    trouble: /^ +(Socket errors: .*|Non-2xx or 3xx responses: \d+)$/m.exec(text)?.[1] ?? null,
  };
}

const kMilliseconds: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** `99%    1.23ms` */
function latencyIn(text: string): number | null {
  const [, amount, unit = ''] = /^ +99% +([\d.]+)([a-z]+)$/m.exec(text) ?? [];
  return amount === undefined ? null : Number(amount) * (kMilliseconds[unit] ?? 1);
}
