/** The conversation: page by page through the driver, until the end or Ctrl-C. */

import type { Catalog } from '../plan/catalog.ts';
import type { Parsed } from '../project.ts';
import { choicesOf, inText, isSameValue } from '../spec/choices.ts';
import { has } from '../spec/condition.ts';
import type { Answers, Question, Value, Values } from '../spec/question.ts';
import { defaultOf } from '../spec/verdict.ts';
import {
  answer,
  answersOf,
  back,
  begin,
  currentStep,
  kEnd,
  offersAt,
  type Step,
  stepsOf,
  type WizardState,
} from './driver.ts';
import type { Offer } from './offers.ts';
import type { Entry, Page, Prompter, Reply } from './prompter.ts';

export interface Interview {
  readonly catalog: Catalog;
  readonly parse: (answers: Answers) => Parsed;
  readonly prompter: Prompter;
  /** Answered by the command line. */
  readonly given: Values;
  /** A preset was named by the command line. */
  readonly settled: boolean;
  /** Earlier answers, used as the questions' defaults. */
  readonly earlier?: Values;
  /** How the last page ends, such as "create" and "create and build". */
  readonly endings: readonly Offer[];
  /**
   * A final check of an answer by the caller, which knows about the outside, such as the disk;
   * null: no objection.
   */
  readonly object: (key: string, value: Value) => Promise<Objection | null>;
}

export interface Objection {
  readonly reason: string;
  /** The new default from now on; null: unchanged. */
  readonly instead: string | null;
}

export interface Decision {
  readonly answers: Values;
  /** The value of the chosen ending. */
  readonly ending: string;
}

/** What the user decided; null if the wizard was cancelled. */
export async function interview(talk: Interview): Promise<Decision | null> {
  let state = begin(talk.given, talk.settled, talk.earlier);
  let refusal = null as Refusal | null;
  for (;;) {
    const step = currentStep(talk.catalog, state);
    if (step === null) return decisionOf(talk, state);
    const reply: Reply = await talk.prompter.ask(pageOf(talk, state, step, refusal));
    const before = refusal;
    refusal = null;
    if (reply.kind === 'cancel') return null;
    if (reply.kind === 'back') {
      state = back(state);
      continue;
    }
    const objection = await talk.object(step.id, reply.value);
    const answered = answer(talk.catalog, state, reply.value);
    if (objection === null && answered.ok) {
      state = answered.state;
      continue;
    }
    const reason = objection?.reason ?? (answered.ok ? '' : answered.reason);
    refusal = {
      reason,
      answer: reply.value,
      instead: objection?.instead ?? before?.instead ?? null,
    };
  }
}

/** The objection to the answer that was last given to the same step. */
interface Refusal extends Objection {
  readonly answer: string;
}

function decisionOf(talk: Interview, state: WizardState): Decision {
  const ending = String(state.remembered[kEnd]);
  return { answers: answersOf(talk.catalog, state), ending };
}

function pageOf(talk: Interview, state: WizardState, step: Step, refusal: Refusal | null): Page {
  const steps = stepsOf(talk.catalog, state);
  return {
    ...wordsOf(step),
    position: { step: steps.findIndex(({ id }) => id === step.id) + 1, steps: steps.length },
    summary: summaryOf(talk, state, step.kind === 'end'),
    complaint: refusal?.reason ?? null,
    field: mended(fieldOf(talk, state, step), refusal),
    flow: (candidate) => flowIf(talk, state, step, candidate),
    last: step.kind === 'end',
  };
}

/** A rejected text stays in the field, to be corrected. A rejected default is not offered again. */
function mended(field: Page['field'], refusal: Refusal | null): Page['field'] {
  if (refusal === null || field.kind !== 'text') return field;
  const fallback = refusal.instead ?? field.fallback;
  const wasOffered = refusal.answer === field.fallback;
  return { ...field, fallback, typed: wasOffered ? '' : refusal.answer };
}

function wordsOf(step: Step): Pick<Page, 'group' | 'title' | 'help'> {
  switch (step.kind) {
    case 'question':
      return step.question;
    case 'path':
      return {
        group: 'Architecture',
        title: 'Architecture',
        help: 'Start from a proven architecture, or build your own.',
      };
    case 'end':
      return { group: 'Summary', title: 'Ready to generate', help: '' };
  }
}

function fieldOf(talk: Interview, state: WizardState, step: Step): Page['field'] {
  const { catalog } = talk;
  const offers = step.kind === 'end' ? talk.endings : offersAt(catalog, state, step);
  const before = state.remembered[step.id];
  if (step.kind === 'question' && offers.length === 0) {
    const fallback = String(defaultOf(step.question, catalog.rules, answersOf(catalog, state)));
    return { kind: 'text', fallback, typed: before === undefined ? '' : String(before) };
  }
  if (step.kind === 'question' && step.question.kind === 'multi') {
    const chosen = before ?? defaultOf(step.question, catalog.rules, answersOf(catalog, state));
    return { kind: 'multi', offers, chosen: Array.isArray(chosen) ? chosen : [] };
  }
  const wanted =
    before ??
    (step.kind === 'question'
      ? defaultOf(step.question, catalog.rules, answersOf(catalog, state))
      : undefined);
  const open = offers.filter(({ refused }) => refused === null);
  const initial = open.find(({ value }) => value === String(wanted)) ?? open[0];
  return { kind: 'choice', offers, initial: initial?.value ?? '' };
}

/**
 * The five-step table for this candidate, the answers so far, and defaults for all open questions.
 */
function flowIf(talk: Interview, state: WizardState, step: Step, candidate: string) {
  const visit = { id: step.id, value: candidate };
  const tried = { ...state, trail: [...state.trail, visit] };
  const parsed = talk.parse(answersOf(talk.catalog, tried));
  return parsed.ok ? talk.catalog.flow(parsed.spec.values) : null;
}

/** The answers so far; at the end also those from presets and defaults. */
function summaryOf(talk: Interview, state: WizardState, all: boolean): readonly Entry[] {
  const answers = answersOf(talk.catalog, state);
  const parsed = all ? talk.parse(answers) : null;
  const values: Values = parsed?.ok ? parsed.spec.values : answers;
  const own = new Set([...Object.keys(state.given), ...state.trail.map(({ id }) => id)]);
  return talk.catalog.questions.flatMap((question) => {
    const value = values[question.key];
    if (value === undefined) return [];
    const chosen = own.has(question.key) ? 'user' : 'preset';
    const origin = answers[question.key] === undefined ? 'default' : chosen;
    const label = labelOf(question, value);
    return [
      { title: question.title, value: label, brief: briefOf(question, value, label), origin },
    ];
  });
}

/** A label such as "C++20" explains itself; others, such as "off", need their question. */
function briefOf(question: Question, value: Value, label: string): string | null {
  const isPlain = question.kind === 'choice' && question.shapesArchitecture === true;
  if (question.depth === 'basic' || isPlain) return label;
  if (isSameValue(value, question.default)) return null;
  if (question.kind === 'boolean') return value === true ? question.title : null;
  return `${question.title}: ${label}`;
}

function labelOf(question: Question, value: Value): string {
  if (question.kind === 'boolean') return value === true ? 'yes' : 'no';
  const labels = choicesOf(question).filter((choice) => has(value, choice.value));
  return labels.length === 0 ? inText(value) : labels.map(({ label }) => label).join(', ');
}
