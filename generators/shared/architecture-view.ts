/** What a README tells of its architecture: the five steps, a picture, the reasons. */

import type { FlowStep } from '../../src/plan/generator.ts';
import type { ChoiceQuestion } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { concurrencyModel } from '../architecture/concurrency-model.ts';
import { eventPattern } from '../architecture/event-pattern.ts';
import { flow } from '../architecture/flow.ts';
import { ioModel, ioTrigger } from '../architecture/io-model.ts';

export interface ArchitectureView {
  readonly steps: readonly FlowStep[];
  /** Lines of a Mermaid diagram. */
  readonly picture: readonly string[];
  readonly reasons: readonly { readonly choice: string; readonly explanation: string }[];
}

/** The answers that `architectureView` reads, for `because`. */
export const kArchitectureKeys: readonly string[] = [
  'concurrency.model',
  'event.pattern',
  'io.model',
  'io.trigger',
  'language',
  'workers.kind',
];

export function architectureView(spec: Spec): ArchitectureView {
  const steps = flow(spec.values);
  if (steps === null) throw new Error('a spec without a flow came through parsing');
  const asked = [ioModel, ioTrigger, eventPattern, concurrencyModel];
  const applying = asked.filter((question) => question.key in spec.values);
  return { steps, picture: pictureOf(spec), reasons: applying.map((each) => reasonOf(each, spec)) };
}

function reasonOf(question: ChoiceQuestion, spec: Spec): ArchitectureView['reasons'][number] {
  const value = answerOf(spec, question.key);
  const choice = question.choices.find((each) => each.value === value);
  if (choice === undefined) throw new Error(`"${question.key}" has no choice "${value}"`);
  return { choice: choice.label, explanation: choice.explanation };
}

const kPictures: Readonly<Record<string, readonly string[]>> = {
  single: [
    'flowchart LR',
    '  clients([clients]) --> loop',
    '  subgraph process',
    '    loop["the loop<br>wait · accept · read · process · write"]',
    '  end',
  ],
  'half-sync-half-async': [
    'flowchart LR',
    '  clients([clients]) --> main',
    '  subgraph process',
    '    main["main loop<br>wait · accept"]',
    '    main -- "connection, by a pipe" --> first["worker loop 1<br>wait · read · process · write"]',
    '    main -- "connection, by a pipe" --> last["worker loop n<br>wait · read · process · write"]',
    '  end',
  ],
  sharded: [
    'flowchart LR',
    '  clients([clients]) --> kernel{{"kernel<br>SO_REUSEPORT: by hash of address and port"}}',
    '  subgraph process',
    '    kernel --> first["loop 1<br>wait · accept · read · process · write"]',
    '    kernel --> last["loop n<br>wait · accept · read · process · write"]',
    '  end',
  ],
};

function pictureOf(spec: Spec): readonly string[] {
  const model = String(answerOf(spec, 'concurrency.model'));
  const picture = kPictures[model];
  if (picture === undefined) throw new Error(`no picture is drawn of "${model}"`);
  return picture;
}
