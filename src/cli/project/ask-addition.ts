/** The wizard for one addition: the questions of its kind. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { catalogOf } from '../../plan/catalog.ts';
import type { AdditionKind } from '../../spec/addition.ts';
import { parseAnswers } from '../../spec/parse.ts';
import type { Answers, Values } from '../../spec/question.ts';
import { interview } from '../../wizard/interview.ts';
import { terminalPrompter } from '../../wizard/terminal/terminal.ts';
import { cancelled } from '../create/cancelled.ts';

/** Errors: `UserError` (cancelled) for Ctrl-C. */
export async function askAddition(host: Host, kind: AdditionKind, said: Answers): Promise<Answers> {
  const catalog = catalogOf([
    { id: kind.kind, questions: kind.questions, rules: [], files: () => [] },
  ]);
  const ending = { value: 'add', label: `Add ${kind.title}`, tradeoff: '', refused: null };
  const decision = await interview({
    catalog,
    parse: (answers) => parseAnswers(answers, catalog),
    prompter: terminalPrompter(paintFor(host, host.out)),
    given: said as Values,
    settled: true,
    endings: [ending],
    object: async () => null,
  });
  if (decision === null) throw cancelled();
  return decision.answers;
}
