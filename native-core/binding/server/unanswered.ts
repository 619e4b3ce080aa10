/** Handlers that have returned without an answer: nothing stands here for the others. */

/**
 * How long after such a return the garbage is collected, for only that tells. Doubled each time
 * that all responses were in use still: a server whose handlers answer by callbacks is disturbed
 * seldom.
 */
const kFirstDelayMs = 500;
const kLongestDelayMs = 10 * 60_000;

/** Node's own collections come here as well. */
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
 * nobody has `response` any more. `onAbandoned` must not refer to it. One that is answered later is
 * told of as well.
 */
export function whenAbandoned(response: object, onAbandoned: () => void): void {
  registry.register(response, onAbandoned, response);
  waitingCount += 1;
  collectLater();
}

/** The answer of `response` has begun: it goes on without it. */
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

/** A node that was built without an inspector is left to its own collections. */
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
