import { ExitCode, UserError } from '../../error.ts';

/** Ctrl-C: nothing has been written, as the user intended. */
export function cancelled(): UserError {
  const fix = 'Run the command again when you are ready.';
  return new UserError(ExitCode.cancelled, [
    { at: 'the wizard', message: 'cancelled: nothing was written', fix },
  ]);
}
