/** `create-hpserver check`: would regenerating change anything? For continuous integration. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { ExitCode } from '../../error.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { kTrustFlag } from '../packs.ts';
import { conflictsIn, markedIn, tellMarked } from './conflicts.ts';
import { toRead } from './opening/open.ts';
import { planned } from './opening/planned.ts';
import { revisedDraft } from './opening/wish.ts';
import { directoryFirst, kDirectoryFlag, kDirectoryOperand, kJsonFlag } from './project-flags.ts';
import { isWritten, updateReport, updateTable } from './report.ts';

export const checkSyntax: CommandSyntax = {
  program: 'create-hpserver check',
  ...kDirectoryOperand,
  summary:
    'Exits with 4 if regenerating would change the project: hpserver.json was edited, or this ' +
    "version or a pack generates something different. Your own edits don't count as drift. Exits " +
    'with 3 if a file has conflict markers.',
  flags: [kDirectoryFlag, kJsonFlag, kTrustFlag],
};

export async function check(typed: Host): Promise<ExitCode> {
  const host = directoryFirst(typed);
  const invocation = readInvocation(host, checkSyntax);
  if (invocation === null) return ExitCode.done;
  const opening = { flags: invocation.values, program: checkSyntax.program };
  const project = await toRead(host, opening);
  const { engine, damage, directory } = project;
  const { preview, wish, upgrade } = await planned(project, revisedDraft(project, {}));
  const { changes } = preview;
  const drifts = [changes.filter(isWritten), conflictsIn(changes), wish, damage].some(
    ({ length }) => length > 0,
  );
  const marked = markedIn(preview);
  if (invocation.values.has('json')) {
    host.out.write(updateReport(preview, wish, false));
  } else if (drifts) {
    host.out.write(updateTable(paintFor(host, host.out), preview, [...upgrade, ...wish]));
    host.err.write('To update it: create-hpserver regenerate\n');
  } else if (marked.length === 0) {
    host.out.write(
      `${directory} is up to date with its configuration and create-hpserver ${engine.version}.\n`,
    );
  }
  tellMarked(host, marked);
  if (marked.length > 0) return ExitCode.conflicts;
  return drifts ? ExitCode.drift : ExitCode.done;
}
