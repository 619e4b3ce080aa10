/** What the smaller commands share: their flags, their help, and the refusal of unknown ones. */

import type { Host } from '../console/host.ts';
import { paintFor } from '../console/paint.ts';
import { wrap } from '../console/text.ts';
import { ExitCode, UserError } from '../error.ts';
import { type Flag, type FlagValue, kOptions, parseArguments } from './flags.ts';
import { flagSections } from './section.ts';

export interface CommandSyntax {
  /** `create-hpserver explain`. */
  readonly program: string;
  /** `[KEY[=VALUE]]`; empty if the command takes no operand. */
  readonly operand: string;
  /**
   * The maximum number of operands; by default 1 for a command that takes an operand, otherwise 0.
   */
  readonly maxOperands?: number;
  readonly summary: string;
  readonly flags: readonly Flag[];
}

export interface Invocation {
  readonly operand: string | undefined;
  readonly operands: readonly string[];
  readonly values: ReadonlyMap<string, FlagValue>;
}

const kWidth = 96;

const kHelp: Flag = {
  name: 'help',
  short: 'h',
  takes: 'switch',
  help: 'print this help',
  group: kOptions,
};

/** The command line, or null if `--help` has answered it. Errors: `UserError` (usage). */
export function readInvocation(host: Host, syntax: CommandSyntax): Invocation | null {
  const flags = [...syntax.flags, kHelp];
  const { operands, values, issues } = parseArguments(flags, host.args, syntax.program);
  if (values.has('help')) {
    host.out.write(helpOf(host, syntax, flags));
    return null;
  }
  const { maxOperands = syntax.operand === '' ? 0 : 1 } = syntax;
  const excess = operands.slice(maxOperands).map((word) => ({
    at: word,
    message: `unexpected argument "${word}"`,
    fix: `Usage: ${syntax.program} ${syntax.operand}`.trim(),
  }));
  const all = [...issues, ...excess];
  if (all.length > 0) throw new UserError(ExitCode.usage, all);
  return { operand: operands[0], operands, values };
}

export function asksForHelp({ args }: Host): boolean {
  return args.includes('--help') || args.includes('-h');
}

function helpOf(host: Host, syntax: CommandSyntax, flags: readonly Flag[]): string {
  const paint = paintFor(host, host.out);
  const title = [syntax.program, syntax.operand, '[flags]'].filter((word) => word !== '').join(' ');
  const summary = wrap(syntax.summary, Math.min(host.out.columns, kWidth));
  const sections = flagSections(paint, flags, host.out.columns);
  return [paint.bold(title), ...summary, '', ...sections].join('\n');
}
