/**
 * What a README says about its architecture: steps, a picture, reasons, and where books explain it.
 */

import { mermaid } from '../../src/diagram/mermaid.ts';
import type { FlowStep } from '../../src/plan/generator.ts';
import type { Choice, ChoiceQuestion } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { verdictOn } from '../../src/spec/verdict.ts';
import { concurrencyModel } from '../architecture/concurrency-model.ts';
import { diagramOf } from '../architecture/diagram.ts';
import { eventPattern } from '../architecture/event-pattern.ts';
import { flow } from '../architecture/flow.ts';
import { ioModel, ioTrigger } from '../architecture/io-model.ts';
import { readingOf } from '../architecture/literature.ts';
import { architectureRules } from '../architecture/rules.ts';

export interface ArchitectureView {
  readonly steps: readonly FlowStep[];
  /** Lines of a Mermaid diagram. */
  readonly picture: readonly string[];
  /** The rules' warnings about this architecture, each as two sentences. */
  readonly warnings: readonly string[];
  readonly reasons: readonly { readonly choice: string; readonly explanation: string }[];
  /** A row per choice that the books cover. */
  readonly readings: readonly ReadingRow[];
}

interface ReadingRow {
  readonly choice: string;
  readonly book: string;
  readonly posa2: string;
  readonly unp: string;
}

/** The answers that `architectureView` reads, for `because`. */
export const kArchitectureKeys: readonly string[] = [
  'concurrency.model',
  'event.pattern',
  'io.model',
  'io.trigger',
  'language',
  'pools.memory',
  'workers.kind',
];

export function architectureView(spec: Spec): ArchitectureView {
  const steps = flow(spec.values);
  if (steps === null) throw new Error('a spec without a flow came through parsing');
  const asked = [ioModel, ioTrigger, eventPattern, concurrencyModel];
  const applying = asked.filter((question) => question.key in spec.values);
  return {
    steps,
    picture: mermaid(diagramOf(spec)),
    warnings: warningsOf(spec),
    reasons: applying.map((each) => reasonOf(choiceOf(each, spec))),
    readings: applying.flatMap((each) => readingRows(each, spec)),
  };
}

function choiceOf(question: ChoiceQuestion, spec: Spec): Choice {
  const value = answerOf(spec, question.key);
  const choice = question.choices.find((each) => each.value === value);
  if (choice === undefined) throw new Error(`"${question.key}" has no choice "${value}"`);
  return choice;
}

function reasonOf({ label, explanation }: Choice): ArchitectureView['reasons'][number] {
  return { choice: label, explanation };
}

function readingRows(question: ChoiceQuestion, spec: Spec): readonly ReadingRow[] {
  const reading = readingOf(question.key, spec.values);
  if (reading === null) return [];
  const { book, posa2, unp } = reading;
  const choice = choiceOf(question, spec).label;
  return [{ choice, book: book ?? '–', posa2: posa2 ?? '–', unp: unp ?? '–' }];
}

function warningsOf(spec: Spec): readonly string[] {
  return verdictOn(architectureRules, spec.values).rules.map(({ message }) => {
    return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  });
}
