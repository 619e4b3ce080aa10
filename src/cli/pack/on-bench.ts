/** What `lint`, `test` and `new` share: a pack's folder, loaded for checking. */

import type { Host } from '../../console/host.ts';
import { ExitCode, UserError } from '../../error.ts';
import { type Bench, benchFor } from '../../pack/check/bench.ts';
import type { CommandSyntax, Invocation } from '../command.ts';
import type { PackEngine } from './pack-engine.ts';
import { trustOptions } from './trusting.ts';

/** The operand. Errors: `UserError` (usage) if it is missing. */
export function operandOf({ operand }: Invocation, syntax: CommandSyntax): string {
  if (operand !== undefined) return operand;
  const message = `${syntax.operand} is missing`;
  const fix = `Usage: ${syntax.program} ${syntax.operand}`;
  throw new UserError(ExitCode.usage, [{ at: syntax.operand, message, fix }]);
}

/** The pack in that folder. Errors: those of `loadPack`. */
export async function onBench(
  host: Host,
  { builtIn }: PackEngine,
  invocation: Invocation,
  syntax: CommandSyntax,
): Promise<Bench> {
  const folder = operandOf(invocation, syntax);
  // `ours` alone would name an npm package.
  const source = /^[./]/.test(folder) ? folder : `./${folder}`;
  const trust = trustOptions(host, invocation.values, `${syntax.program} ${folder}`);
  return benchFor(source, { builtIn, directory: host.cwd, isLook: false, ...trust });
}
