/**
 * From the first word of the command line to its command. Only the wizard and the renderer are
 * loaded when they are needed: a chunk more costs `--help` more than what stands in it.
 */

import type { Host } from '../console/host.ts';
import type { ExitCode } from '../error.ts';
import { builtIn, engineOf } from '../project.ts';
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

type Command = (host: Host) => Promise<ExitCode>;

const engine = engineOf([]);

const kCommands: Readonly<Record<string, Command>> = {
  options,
  explain,
  completion: (host) => completion(host, engine),
  doctor,
  regenerate,
  add,
  pack: (host) => pack(host, { builtIn }),
  check,
  status,
  diff,
  undo,
};

export function run(host: Host): Promise<ExitCode> {
  const [first = '', ...rest] = host.args;
  const command = Object.hasOwn(kCommands, first) ? kCommands[first] : undefined;
  return command === undefined ? create(host, engine) : command({ ...host, args: rest });
}
