/**
 * Which job runs when. Builds keep all cores busy: one at a time, and before the tests. Tests
 * mostly wait for deadlines: one stage runs beside a build, and two run at once when all is built.
 */

import { isBuild, type Job } from './stage.ts';

const kAtOnce = 2;

/**
 * Runs all jobs; `run` returns whether one succeeded. A job that needs a failed build is passed to
 * `skip`. Stops early, after the jobs then running, once `over` returns true.
 */
export async function runInLanes(
  jobs: readonly Job[],
  run: (job: Job) => Promise<boolean>,
  skip: (job: Job, broken: string) => void,
  over: () => boolean,
): Promise<void> {
  const waiting = [...jobs];
  const broken = new Set<string>();
  const running = new Map<Job, Promise<void>>();

  const passOver = (): void => {
    for (const job of [...waiting]) {
      const cause = job.after.find((name) => broken.has(name));
      if (cause === undefined) continue;
      waiting.splice(waiting.indexOf(job), 1);
      if (isBuild(job)) broken.add(job.stage);
      skip(job, cause);
    }
  };
  const start = (job: Job): void => {
    waiting.splice(waiting.indexOf(job), 1);
    const ended = run(job).then((isGood) => {
      if (!isGood && isBuild(job)) broken.add(job.stage);
      running.delete(job);
    });
    running.set(job, ended);
  };

  for (;;) {
    for (let before = -1; before !== waiting.length; ) {
      before = waiting.length;
      passOver();
    }
    if (over()) waiting.length = 0;
    const next = nextOf(waiting, [...running.keys()]);
    if (next !== undefined) start(next);
    else if (running.size > 0) await Promise.race(running.values());
    else return;
  }
}

/** The first waiting job that may run beside the running ones. */
export function nextOf(waiting: readonly Job[], running: readonly Job[]): Job | undefined {
  if (running.length >= kAtOnce) return undefined;
  const unbuilt = new Set([...waiting, ...running].filter(isBuild).map(({ stage }) => stage));
  const isReady = (job: Job): boolean =>
    job.after.every((name) => !unbuilt.has(name)) && !(isBuild(job) && running.some(isBuild));
  const ready = waiting.filter(isReady);
  const builds = waiting.some(isBuild) || running.some(isBuild);
  // One slot is reserved for builds as long as there are any.
  if (builds && running.some((job) => !isBuild(job))) return ready.find(isBuild);
  return ready[0];
}
