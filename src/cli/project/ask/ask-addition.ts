/** The wizard for one addition: the questions of its kind. */

import type { Host } from '../../../console/host.ts';
import { paintFor } from '../../../console/paint.ts';
import { interview } from '../../../interview/interview.ts';
import { catalogOf } from '../../../plan/catalog.ts';
import type { AdditionKind } from '../../../spec/addition.ts';
import { type Feature, isFeature } from '../../../spec/feature.ts';
import { parseAnswers } from '../../../spec/parse/parse.ts';
import { misfitOf } from '../../../spec/parse/parse-extras.ts';
import type { Answers, Values } from '../../../spec/question.ts';
import { terminalPrompter } from '../../../wizard/terminal.ts';
import { cancelled } from '../../create/cancelled.ts';

/** Errors: `UserError` (cancelled) for Ctrl-C. */
export async function askKind(
  host: Host,
  kinds: readonly (AdditionKind | Feature)[],
  project: Values,
): Promise<AdditionKind | Feature> {
  const offers = kinds.map((kind) => ({
    value: kind.kind,
    label: kind.kind,
    tradeoff: kind.title,
    refused: isFeature(kind) ? null : (misfitOf(kind, project)?.message ?? null),
  }));
  const reply = await terminalPrompter(paintFor(host, host.out)).ask({
    group: 'Add',
    position: { step: 1, steps: 1 },
    summary: [],
    title: 'What do you want to add?',
    help: 'It is recorded in hpserver.json, so regenerating keeps it.',
    complaint: null,
    field: { kind: 'choice', offers, initial: offers[0]?.value ?? '' },
    flow: () => null,
    last: false,
  });
  const kind = kinds.find((each) => reply.kind === 'answer' && each.kind === reply.value);
  if (kind === undefined) throw cancelled();
  return kind;
}

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
