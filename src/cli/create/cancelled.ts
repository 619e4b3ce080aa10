import { ExitCode, UserError } from '../../error.ts';

/** Ctrl-C: nothing stands on the disk, and the user wanted it so. */
export function cancelled(): UserError {
  const fix = 'Run the command again when you are ready.';
  return new UserError(ExitCode.cancelled, [
    { at: 'the wizard', message: 'cancelled: nothing was written', fix },
  ]);
}
