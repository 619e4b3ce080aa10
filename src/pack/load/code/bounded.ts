/** Calls of a pack's code that end: in time, with a value, and not with the process. */

import { createContext, Script } from 'node:vm';

/** A helper makes a word of a word; what takes this long has no end. */
export const kMaxCallMs = 10_000;

interface Slot {
  call: () => void;
}

const slot: Slot = { call: () => {} };
const context = createContext(slot);
// Node ends a script that is late, with all that it has called, whoever wrote that.
const script = new Script('call()');

/**
 * The value of the call. Errors: those of the call; `Error` where it does not end in time, returns
 * a promise, or would end the process; `what` is how the message calls it.
 */
export function bounded<T>(what: string, call: () => T, limitMs: number = kMaxCallMs): T {
  let result: { readonly value: T } | null = null;
  const outer = slot.call;
  slot.call = () => {
    result = { value: call() };
  };
  try {
    withoutExit(what, () => script.runInContext(context, { timeout: limitMs }));
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw thrown;
    throw new Error(`${what} did not finish within ${limitMs / 1000} seconds`, { cause: thrown });
  } finally {
    slot.call = outer;
  }
  const value = (result as { readonly value: T } | null)?.value as T;
  if (isPromise(value)) {
    // Nobody waits for it: its failure must not end the process.
    value.then(undefined, () => {});
    throw new Error(`${what} returns a promise, but must return its value directly`);
  }
  return value;
}

/** What is called meanwhile cannot end the process: exit code 0 would say that all went well. */
export function withoutExit<T>(what: string, work: () => T): T {
  const exit = process.exit;
  process.exit = () => {
    throw new Error(`${what} calls process.exit`);
  };
  const restore = () => {
    process.exit = exit;
  };
  try {
    const value = work();
    if (!isPromise(value)) restore();
    else return value.then(undefined, rethrown).finally(restore) as T;
    return value;
  } catch (thrown) {
    restore();
    throw thrown;
  }
}

function rethrown(thrown: unknown): never {
  throw thrown;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { readonly then?: unknown } | null)?.then === 'function';
}
