/** From the first word of the command line to its command; each is loaded only when it runs. */

import type { Host } from '../console/host.ts';
import type { ExitCode } from '../error.ts';

type Command = (host: Host) => Promise<ExitCode>;

const kCommands: Readonly<Record<string, Command>> = {
  options: async (host) =>
    (await import('./options.ts')).options(host, await import('../project.ts')),
  explain: async (host) =>
    (await import('./explain.ts')).explain(host, await import('../project.ts')),
  completion: async (host) =>
    (await import('./completion/completion.ts')).completion(host, await import('../project.ts')),
  doctor: async (host) => (await import('./doctor/doctor.ts')).doctor(host),
};

export async function run(host: Host): Promise<ExitCode> {
  const [first = '', ...rest] = host.args;
  const command = Object.hasOwn(kCommands, first) ? kCommands[first] : undefined;
  if (command !== undefined) return command({ ...host, args: rest });
  const { create } = await import('./create/create.ts');
  return create(host, await import('../project.ts'));
}
