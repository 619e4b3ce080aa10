/** Handlers that have returned without an answer; others cost nothing here. */

/**
 * How long after such a return to collect the garbage, the only way to find out. Doubled each time
 * that all responses were still in use, so a server whose handlers answer by callbacks is seldom
 * disturbed.
 */
const kFirstDelayMs = 500;
const kLongestDelayMs = 10 * 60_000;

/** Node's own collections also call this. */
const registry = new FinalizationRegistry<() => void>((onAbandoned) => {
  waitingCount -= 1;
  delayMs = kFirstDelayMs;
  onAbandoned();
});

let waitingCount = 0;
let delayMs = kFirstDelayMs;
let collection: NodeJS.Timeout | null = null;

/**
 * A handler has returned before its answer, which a callback may still give: calls back once
 * `response` is no longer referenced. `onAbandoned` must not refer to it. It is also called for a
 * response that is answered later.
 */
export function whenAbandoned(response: object, onAbandoned: () => void): void {
  registry.register(response, onAbandoned, response);
  waitingCount += 1;
  collectLater();
}

/** The answer of `response` has begun: no need to watch it any longer. */
export function expectNoMore(response: object): void {
  if (registry.unregister(response)) waitingCount -= 1;
}

function collectLater(): void {
  if (collection !== null || waitingCount === 0) return;
  const wait = delayMs;
  collection = setTimeout(async () => {
    delayMs = Math.min(2 * wait, kLongestDelayMs);
    await collectGarbage();
    collection = null;
    collectLater();
  }, wait).unref();
}

/** A node built without an inspector relies on its own collections. */
async function collectGarbage(): Promise<void> {
  try {
    const { Session } = await import('node:inspector/promises');
    const session = new Session();
    session.connect();
    await session.post('HeapProfiler.collectGarbage');
    session.disconnect();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_INSPECTOR_NOT_AVAILABLE') throw error;
  }
}
