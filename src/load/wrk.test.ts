import { expect, test } from 'vitest';
import { wrkReport } from './wrk.ts';

const kQuiet = `Running 1s test @ http://127.0.0.1:8080/plaintext
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   557.48us  170.53us   4.10ms   89.02%
    Req/Sec   115.53k     5.10k  121.23k    80.00%
  Latency Distribution
     50%  523.00us
     99%    1.23ms
  115038 requests in 1.00s, 13.82MB read
Requests/sec: 114961.09
Transfer/sec:     13.81MB
`;

test('reads counts, rates and latencies', () => {
  expect(wrkReport(kQuiet)).toEqual({
    requestCount: 115_038,
    requestsPerSecond: 114_961.09,
    p99Milliseconds: 1.23,
    trouble: null,
  });
});

test.each([
  '  Socket errors: connect 0, read 12, write 0, timeout 0',
  '  Non-2xx or 3xx responses: 7',
])('hears of "%s"', (line) => {
  expect(wrkReport(`${kQuiet}${line}\n`).trouble).toBe(line.trim());
});

test('knows no latency and no request where none is told', () => {
  expect(wrkReport('')).toMatchObject({ requestCount: 0, p99Milliseconds: null });
});
