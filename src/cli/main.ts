/**
 * From the first word of the command line to its command. Only the wizard and the renderer are
 * loaded on demand: any other module costs `--help` less than a separate chunk would.
 */

import type { Host } from '../console/host.ts';
import { projectAround } from '../disk/record/find-project.ts';
import { ExitCode, UserError } from '../error.ts';
import { builtIn, engineOf } from '../project.ts';
import { nearest } from '../spec/words/nearest.ts';
import { type CommandName, isCommand, kCommands } from './commands.ts';
import { completion } from './completion/completion.ts';
import { create } from './create/create.ts';
import { doctor } from './doctor/doctor.ts';
import { explain } from './explain.ts';
import { options } from './options.ts';
import { pack } from './pack/pack.ts';
import { add } from './project/add.ts';
import { check } from './project/check.ts';
import { diff } from './project/diff.ts';
import { regenerate } from './project/regenerate.ts';
import { status } from './project/status.ts';
import { undo } from './project/undo.ts';

const kRuns: Readonly<Record<CommandName, (host: Host) => Promise<ExitCode>>> = {
  options,
  explain,
  completion: (host) => completion(host, engineOf([])),
  doctor,
  regenerate,
  add,
  pack: (host) => pack(host, { builtIn }),
  check,
  status,
  diff,
  undo,
};

export async function run(host: Host): Promise<ExitCode> {
  const [first = '', ...rest] = host.args;
  if (isCommand(first)) return kRuns[first]({ ...host, args: rest });
  refuseSlip(first, host.cwd);
  return create(host);
}

/**
 * `regnerate` would create a project of that name. Users rarely create a project inside another
 * project, so there, words less similar to a command count as typos, too. Errors: `UserError`
 * (usage).
 */
function refuseSlip(word: string, cwd: string): void {
  if (!/^\w{3}[\w-]+$/.test(word)) return;
  const names = kCommands.map(({ name }) => name);
  const meant = nearest(word, names);
  if (meant === null) return;
  if (nearest(word, names, 1) === null && projectAround(cwd) === null) return;
  const message = `there is no command "${word}"`;
  const fix = `Did you mean ${meant}? To create a project of that name: create-hpserver ./${word}`;
  throw new UserError(ExitCode.usage, [{ at: word, message, fix }]);
}
