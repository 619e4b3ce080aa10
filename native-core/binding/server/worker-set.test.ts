import { expect, test, vi } from 'vitest';
import { type StartedWorker, type WorkerNews, WorkerSet } from './worker-set.ts';

/** A worker whose news and end the test controls. */
class FakeWorker implements StartedWorker {
  readonly name = 'fake';
  readonly orders: unknown[] = [];
  news: (news: WorkerNews) => void = () => {};
  fail: (error: unknown, clean: boolean) => void = () => {};

  tell(order: unknown): void {
    this.orders.push(order);
  }
  onNews(listener: (news: WorkerNews) => void): void {
    this.news = listener;
  }
  onEnd(listener: (error: unknown, clean: boolean) => void): void {
    this.fail = listener;
  }
  async end(): Promise<void> {
    this.fail(new Error('terminated'), false);
  }
}

/** One place; `start` returns the attempts, in order. */
async function setOf(...attempts: readonly (() => FakeWorker)[]) {
  const failures: unknown[] = [];
  let next = 0;
  const started = WorkerSet.start({
    size: 1,
    start: () => (attempts[next++] as () => FakeWorker)(),
    onFailure: (error) => failures.push(error),
  });
  return { started, failures, tries: () => next };
}

test('what makes a start throw is a failure like others: it is tried again (T8)', async () => {
  const [first, third] = [new FakeWorker(), new FakeWorker()];
  const refused = new Error('EAGAIN: no more tasks');
  const { started, failures, tries } = await setOf(
    () => first,
    () => {
      throw refused;
    },
    () => third,
  );
  first.news('serving');
  const workers = await started;
  first.fail(new Error('crashed'), false);
  await vi.waitUntil(() => tries() === 3);
  expect(failures).toEqual([new Error('crashed'), refused]);
  third.news('serving');
  const drained = workers.drain(1000);
  third.fail(new Error('ended'), true);
  expect(await drained).toEqual([]);
});

test('news that do not say so are no word that it serves (T23)', async () => {
  const worker = new FakeWorker();
  const { started } = await setOf(() => worker);
  worker.news({ stillBusy: 'with something' });
  worker.fail(new Error('ended first'), false);
  await expect(started).rejects.toThrow('ended first');
});

test('two drains are one (T20)', async () => {
  const worker = new FakeWorker();
  const { started } = await setOf(() => worker);
  worker.news('serving');
  const workers = await started;
  const [first, second] = [workers.drain(1000), workers.drain(1000)];
  expect(worker.orders).toEqual([{ drainWithinMs: 1000 }]);
  worker.fail(new Error('ended'), true);
  expect(await first).toBe(await second);
});

test('a worker that is there after the deadline is ended, and told of (S2, S4)', async () => {
  const worker = new FakeWorker();
  const { started } = await setOf(() => worker);
  worker.news('serving');
  const failures = await (await started).drain(0);
  expect(String(failures)).toContain('fake had not returned from a handler');
});

test('a worker that told why it lasts, or has crashed in a drain, is told of once', async () => {
  const [busy, crashed] = [new FakeWorker(), new FakeWorker()];
  for (const worker of [busy, crashed]) {
    const { started } = await setOf(() => worker);
    worker.news('serving');
    const drained = (await started).drain(1000);
    if (worker === busy) worker.news({ stillBusy: 'a timer' });
    worker.fail(new Error('crashed'), false);
    expect(String(await drained)).toBe(worker === busy ? 'Error: fake: a timer' : 'Error: crashed');
  }
});
