/** Whether a pack's code may run, as the person at the terminal says. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { type PackCode, type TrustOptions, whatRuns } from '../../pack/load/trust.ts';
import type { Page, Prompter } from '../../wizard/prompter.ts';
import { cancelled } from '../create/cancelled.ts';
import type { FlagValue } from '../flags.ts';

/** `--trust` is a flag of the command; `command` is how the refusal says to go on. */
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
    const { terminalPrompter } = await import('../../wizard/terminal/terminal.ts');
    return askTrust(terminalPrompter(paintFor(host, host.out)))(code);
  };
}

/**
 * Shows what would run, and asks; Esc is a no.
 * Errors: `UserError` (cancelled) for Ctrl-C.
 */
export function askTrust(prompter: Prompter): (code: PackCode) => Promise<boolean> {
  return async (code) => {
    const reply = await prompter.ask(pageFor(code));
    if (reply.kind === 'cancel') throw cancelled();
    return reply.kind === 'answer' && reply.value === 'trust';
  };
}

function pageFor(code: PackCode): Page {
  const offer = (value: string, label: string, tradeoff: string) => ({
    value,
    label,
    tradeoff,
    refused: null,
  });
  return {
    group: 'Trust',
    position: { step: 1, steps: 1 },
    summary: [],
    title: `Run the code of ${code.name} ${code.version}?`,
    help: `${code.source} would run, with all that you may do: ${whatRuns(code).join(', ')}.`,
    complaint: null,
    field: {
      kind: 'choice',
      offers: [
        offer('refuse', 'No', 'Nothing of it runs, and nothing is written.'),
        offer('trust', 'Yes', 'It is asked again when one byte of the pack changes.'),
      ],
      initial: 'refuse',
    },
    flow: () => null,
    last: false,
  };
}
