/** Several rows at a time, each in a process: a client has one thread, and a server may hang. */

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { killAll, processTree } from '../../src/load/process-tree.ts';
import type { Place } from './projects.ts';
import type { Row, Wish } from './row.ts';
import type { Order, Report } from './worker.ts';

/** No row takes longer, even on a slow machine under a sanitizer. */
const kPatienceMs = 1_200_000;

export async function runRows(
  places: readonly Place[],
  wish: Wish,
  jobs: number,
  report: (row: Row) => void,
): Promise<void> {
  const waiting = [...places];
  const lane = async (): Promise<void> => {
    let worker: ChildProcess | null = null;
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
      worker ??= forked();
      const row = await answer(worker, place, wish);
      if (row.log === null && row.failures.length > 0) {
        end(worker);
        worker = null;
      }
      report(row);
    }
    if (worker !== null) end(worker);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, places.length) }, lane));
}

function forked(): ChildProcess {
  const script = join(import.meta.dirname, 'worker.ts');
  return fork(script, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** If the worker itself dies, the answer is a row without a log. */
function answer(worker: ChildProcess, place: Place, wish: Wish): Promise<Row> {
  const { architecture, directory, start } = place;
  const { id } = architecture;
  return new Promise((resolve) => {
    let part = 'the start';
    const lost = (why: string): void => settle(lostRow(id, `${why} (during ${part})`));
    const onExit = (code: number | null): void => lost(`the tester ended with ${code}`);
    const timer = setTimeout(() => lost('it took more than twenty minutes'), kPatienceMs);
    const onReport = (report: Report): void => {
      if (typeof report === 'string') part = report;
      else settle(report);
    };
    const settle = (row: Row): void => {
      clearTimeout(timer);
      worker.off('message', onReport);
      worker.off('exit', onExit);
      resolve(row);
    };
    worker.on('message', onReport);
    worker.on('exit', onExit);
    worker.send({ id, directory, start, ...wish } satisfies Order);
  });
}

export function lostRow(id: string, why: string): Row {
  const nothing = {
    checks: 0,
    repeated: [],
    traced: null,
    requestsPerSecond: null,
    fairness: null,
    seconds: 0,
    log: null,
  };
  return { id, failures: [why], ...nothing };
}

/** Kills the worker, and the servers that it may have left behind. */
function end(worker: ChildProcess): void {
  killAll(processTree(worker.pid ?? 0));
}
