/** What a client that never stops costs a hundred small ones: their 99th percentile. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { percentile } from '../../src/load/statistics.ts';
import { hello, match, probe } from '../blackbox/exchange.ts';
import { compiled } from '../blackbox/fixtures/compiled.ts';
import { launch, type Running, type Target } from '../blackbox/server.ts';
import { sleep, Wire } from '../blackbox/wire.ts';
import type { Mode } from './mode.ts';
import type { Place } from './projects.ts';
import type { Row } from './row.ts';
import { targetOf } from './target.ts';

/** The largest acceptable ratio. */
const kAllowedRatio = 3;

/** The duration of each measurement. */
const kSeconds = 0.6;
const kClients = 100;
/** Between two requests of a client. */
const kPauseMs = 50;
/**
 * Latencies below this are the scheduler's: with as many busy threads as cores, a thread may have
 * to wait for another thread's time slice. See: sched(7).
 */
const kFloorMs = 4;

export interface Fairness {
  readonly withoutMs: number;
  readonly withMs: number;
  readonly ratio: number;
}

/**
 * The row with its server's fairness, unless that can't be measured: a thread that blocks for one
 * client isn't fair to others. The machine must be otherwise idle: a row that runs at the same time
 * would affect the result.
 */
export async function withFairness(row: Row, place: Place, mode: Mode): Promise<Row> {
  if (mode !== 'release' || place.architecture.blocks) return row;
  try {
    const { ratio, withMs, withoutMs } = await measureFairness(targetOf(place, mode, ''));
    const story = `p99 is ${withMs.toFixed(1)} ms beside a firehose, ${withoutMs.toFixed(1)} without`;
    const failures = ratio > kAllowedRatio ? [`fairness: ${story}`] : [];
    return { ...row, fairness: ratio, failures: [...row.failures, ...failures] };
  } catch (error) {
    return { ...row, failures: [...row.failures, `fairness: ${error}`] };
  }
}

/** The best of up to three tries, because the system does other work, too. */
async function measureFairness(target: Target): Promise<Fairness> {
  let best: Fairness | null = null;
  for (let tries = 0; tries < 3 && (best === null || best.ratio > kAllowedRatio); tries += 1) {
    const fairness = await measureOnce(target);
    if (best === null || fairness.ratio < best.ratio) best = fairness;
  }
  if (best === null) throw new Error('nothing was measured');
  return best;
}

async function measureOnce(target: Target): Promise<Fairness> {
  const server = await launch(target, []);
  try {
    await p99(server);
    const withoutMs = await p99(server);
    const firehose = openFirehose(server);
    await sleep(100);
    const withMs = await p99(server);
    const received = await firehose;
    if (received === 0) throw new Error('the firehose was not served at all');
    return { withoutMs, withMs, ratio: withMs / Math.max(withoutMs, kFloorMs) };
  } finally {
    await server.stop();
  }
}

/** Resolves with the number of bytes received, when it has finished. */
async function openFirehose({ address }: Running): Promise<number> {
  if (!('port' in address)) throw new Error('no port');
  const argv = [String(address.port), String(kSeconds + 0.3)];
  const child = spawn(compiled('firehose'), argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  await once(child, 'close');
  return Number(output);
}

/** The 99th percentile of the latencies of a hundred clients that send occasional requests. */
async function p99({ address }: Running): Promise<number> {
  const latencies: number[] = [];
  const end = performance.now() + kSeconds * 1000;
  const client = async (_: unknown, index: number): Promise<void> => {
    await sleep((index * kPauseMs) / kClients);
    const wire = await Wire.open(address);
    for (let round = 1; performance.now() < end; round += 1) {
      const sent = performance.now();
      wire.write(probe);
      match((await wire.answers(round))[round - 1], hello);
      latencies.push(performance.now() - sent);
      await sleep(kPauseMs);
    }
    wire.destroy();
  };
  await Promise.all(Array.from({ length: kClients }, client));
  return percentile(latencies, 99);
}
