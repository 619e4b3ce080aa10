/** The wizard over an existing project: every question, with its present answer. */

import type { Host } from '../../../console/host.ts';
import { paintFor } from '../../../console/paint.ts';
import { kCustomise, kPath } from '../../../interview/driver.ts';
import { interview } from '../../../interview/interview.ts';
import type { Engine } from '../../../project.ts';
import type { Draft } from '../../../spec/draft.ts';
import type { Values } from '../../../spec/question.ts';
import { terminalPrompter } from '../../../wizard/terminal.ts';
import { cancelled } from '../../create/cancelled.ts';

const kEndings = [
  {
    value: 'write',
    label: 'Regenerate',
    tradeoff: 'You decide conflicts before anything is written; undo reverts it.',
    refused: null,
  },
  { value: 'plan', label: 'Show the plan', tradeoff: 'Writes nothing.', refused: null },
];

export interface AskedAgain {
  readonly answers: Values;
  readonly isPlan: boolean;
}

/** Errors: `UserError` (cancelled) for Ctrl-C. */
export async function askAgain(host: Host, engine: Engine, draft: Draft): Promise<AskedAgain> {
  const parsed = engine.parse(draft.answers);
  const earlier = parsed.ok ? parsed.spec.values : {};
  const decision = await interview({
    ...engine,
    prompter: terminalPrompter(paintFor(host, host.out)),
    given: {},
    settled: false,
    earlier: { ...earlier, [kPath]: kCustomise },
    endings: kEndings,
    object: async () => null,
  });
  if (decision === null) throw cancelled();
  return { answers: decision.answers, isPlan: decision.ending === 'plan' };
}
