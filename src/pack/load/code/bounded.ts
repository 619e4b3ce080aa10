/**
 * Calls a pack's code in a way that is sure to end: in time, with a value, and without exiting the
 * process.
 */

import { createContext, Script } from 'node:vm';

/** A helper only turns one word into another: if it takes this long, it is an endless loop. */
export const kMaxCallMs = 10_000;

interface Slot {
  call: () => void;
}

const slot: Slot = { call: () => {} };
const context = createContext(slot);
// Node's timeout stops this script together with everything that it calls, wherever that is
// defined.
const script = new Script('call()');

/**
 * The value of the call. Errors: those of the call; `Error` if it does not finish in time, returns
 * a promise, or would exit the process; `what` is how the message refers to it.
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
    // Nothing awaits it: its failure must not crash the process.
    value.then(undefined, () => {});
    throw new Error(`${what} returns a promise, but must return its value directly`);
  }
  return value;
}

/** While the work runs, code can't exit the process: exit code 0 would mean that all went well. */
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
