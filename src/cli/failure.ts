/** What is printed, and the exit code, when a command throws. */

import type { Host } from '../console/host.ts';
import { paintFor } from '../console/paint.ts';
import { ExitCode, UserError } from '../error.ts';
import { showIssues } from './issues.ts';

const kOutcomes: Readonly<Partial<Record<ExitCode, string>>> = {
  [ExitCode.usage]: 'nothing was written',
  [ExitCode.conflicts]: 'nothing was written',
};

export function fail(host: Host, thrown: unknown): ExitCode {
  if (!(thrown instanceof UserError)) {
    const story = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    host.err.write(
      `This is a bug in create-hpserver. Please report it with these lines:\n${story}\n`,
    );
    return ExitCode.failure;
  }
  const { exitCode, issues } = thrown;
  if (exitCode === ExitCode.cancelled) {
    host.err.write('Cancelled; nothing was written.\n');
    return exitCode;
  }
  if (host.args.includes('--json')) host.out.write(`${JSON.stringify({ exitCode, issues })}\n`);
  host.err.write(
    showIssues(paintFor(host, host.err), issues, kOutcomes[exitCode] ?? 'the command failed'),
  );
  return exitCode;
}
