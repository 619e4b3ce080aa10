/** Whether a pack's code may run, as decided by the person at the terminal. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { Page, Prompter } from '../../interview/prompter.ts';
import {
  type PackCode,
  requireTrust,
  type TrustOptions,
  whatRuns,
  writesOnly,
} from '../../pack/load/trust.ts';
import type { Pack } from '../../pack/pack.ts';
import { cancelled } from '../create/cancelled.ts';
import type { FlagValue } from '../flags.ts';

/** `--trust` is a flag of the command. A refusal shows `command` as the one to continue with. */
export function trustOptions(
  host: Host,
  values: ReadonlyMap<string, FlagValue>,
  command?: string,
): TrustOptions {
  const mayAsk = host.interactive && !values.has('json') && !values.has('yes');
  return {
    env: host.env,
    always: values.has('trust'),
    ask: mayAsk ? askAtTerminal(host) : null,
    ...(command === undefined ? {} : { command }),
  };
}

function askAtTerminal(host: Host): (code: PackCode) => Promise<boolean> {
  return async (code) => {
    const { terminalPrompter } = await import('../../wizard/terminal.ts');
    return askTrust(terminalPrompter(paintFor(host, host.out)))(code);
  };
}

/** Shows what would run, and asks; Esc means no. Errors: `UserError` (cancelled) for Ctrl-C. */
export function askTrust(prompter: Prompter): (code: PackCode) => Promise<boolean> {
  return async (code) => {
    const reply = await prompter.ask(pageFor(code));
    if (reply.kind === 'cancel') throw cancelled();
    return reply.kind === 'answer' && reply.value === 'trust';
  };
}

/**
 * Why nothing that packs have written may be installed or built; null if it may. At a terminal the
 * user is asked, and the answer is kept.
 */
export async function distrustOf(
  packs: readonly Pack[],
  options: TrustOptions,
): Promise<Issue | null> {
  for (const code of packs.flatMap(({ untrusted = [] }) => untrusted)) {
    try {
      await requireTrust(code, options);
    } catch (thrown) {
      if (!(thrown instanceof UserError) || thrown.exitCode !== ExitCode.untrustedPack)
        throw thrown;
      return notBuilt(code);
    }
  }
  return null;
}

function notBuilt({ source, name, version }: PackCode): Issue {
  return {
    at: source,
    message:
      `neither installed nor built: what the pack ${name} ${version} writes could run commands, ` +
      'and you have not trusted it',
    fix: 'Read what it wrote, then run the steps under Next, or use --trust to have them run.',
  };
}

function questionFor(code: PackCode): Pick<Page, 'title' | 'help'> {
  const { source, name, version } = code;
  if (!writesOnly(code)) {
    return {
      title: `Run the code of ${name} ${version}?`,
      help: `${source} would run with all your permissions: ${whatRuns(code).join(', ')}.`,
    };
  }
  return {
    title: `Install and build what ${name} ${version} wrote?`,
    help: `Files from ${source} (build files, package.json) can then run commands.`,
  };
}

function pageFor(code: PackCode): Page {
  const offer = (value: string, label: string, tradeoff: string) => ({
    value,
    label,
    tradeoff,
    refused: null,
  });
  const refusing = writesOnly(code)
    ? 'The project stays as written.'
    : 'No code runs, and nothing is written.';
  return {
    group: 'Trust',
    position: { step: 1, steps: 1 },
    summary: [],
    ...questionFor(code),
    complaint: null,
    field: {
      kind: 'choice',
      offers: [
        offer('refuse', 'No', refusing),
        offer('trust', 'Yes', 'You will be asked again if a single byte of the pack changes.'),
      ],
      initial: 'refuse',
    },
    flow: () => null,
    last: false,
  };
}
