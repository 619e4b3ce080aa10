/** Ctrl-C during writes takes effect only when it can do no harm. */

import { ExitCode, UserError } from '../error.ts';

/**
 * Runs the work with an abort signal. SIGINT and SIGTERM abort it, with a `UserError` as the
 * reason.
 */
export async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = () => {
    const issue = { at: '', message: 'cancelled: nothing was written', fix: 'Run it again.' };
    controller.abort(new UserError(ExitCode.cancelled, [issue]));
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}
