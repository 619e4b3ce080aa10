/**
 * The wizard as a state machine over the questions: pure, without a terminal. The recommended path
 * consists of the basic questions and a preset; "customise" adds the other questions.
 */

import type { Catalog } from '../plan/catalog.ts';
import { applies, has } from '../spec/condition.ts';
import { followersOf } from '../spec/followers.ts';
import { checkValue } from '../spec/parse/check-value.ts';
import { withPreset } from '../spec/preset.ts';
import type { Answers, Question, Value, Values } from '../spec/question.ts';
import { isOffered } from '../spec/verdict.ts';
import { type Offer, offersOf } from './offers.ts';

export type Grammar = Pick<Catalog, 'questions' | 'rules' | 'presets'>;

export interface Visit {
  /** A question's key, `@path` or `@end`. */
  readonly id: string;
  readonly value: Value;
}

export interface WizardState {
  /** Answers from the command line: these questions are not asked again. */
  readonly given: Values;
  /** True if the command line has named a preset: then there is no path to choose. */
  readonly settled: boolean;
  /** The answered steps, in order; Esc takes back the last one. */
  readonly trail: readonly Visit[];
  /** The last answer to each step, including those taken back: the next default. */
  readonly remembered: Values;
}

export type Step =
  | { readonly kind: 'question'; readonly id: string; readonly question: Question }
  | { readonly kind: 'path'; readonly id: typeof kPath }
  | { readonly kind: 'end'; readonly id: typeof kEnd };

export const kPath = '@path';
export const kEnd = '@end';
export const kCustomise = '@customise';

/** `remembered`: earlier answers, used as defaults. */
export function begin(given: Values, settled = false, remembered: Values = {}): WizardState {
  return { given, settled, trail: [], remembered };
}

/** All steps of the current path, including those already answered. */
export function stepsOf(grammar: Grammar, state: WizardState): readonly Step[] {
  const values = answersOf(grammar, state);
  const open = grammar.questions.filter(
    (question) => state.given[question.key] === undefined && applies(question, values),
  );
  const asked = (depth: Question['depth']): readonly Step[] =>
    open
      .filter((question) => question.depth === depth)
      .map((question) => ({ kind: 'question', id: question.key, question }));
  const custom = asked('custom');
  const fork: readonly Step[] =
    state.settled || custom.length === 0 ? [] : [{ kind: 'path', id: kPath }];
  const detour = pathOf(state) === kCustomise ? custom : [];
  return [...asked('basic'), ...fork, ...detour, { kind: 'end', id: kEnd }];
}

/** The step to ask next; null once the last one is answered. */
export function currentStep(grammar: Grammar, state: WizardState): Step | null {
  const answered = new Set(state.trail.map(({ id }) => id));
  return stepsOf(grammar, state).find(({ id }) => !answered.has(id)) ?? null;
}

export type Answered =
  | { readonly ok: true; readonly state: WizardState }
  | { readonly ok: false; readonly reason: string };

/** Takes an answer to the current step; an invalid one is rejected with its reason. */
export function answer(grammar: Grammar, state: WizardState, raw: Value): Answered {
  const step = currentStep(grammar, state);
  if (step === null) throw new Error('the wizard has ended: there is nothing to answer');
  const checked = check(grammar, state, step, raw);
  if ('reason' in checked) return { ok: false, reason: checked.reason };
  const visit = { id: step.id, value: checked.value };
  const followers = followersOf(state.remembered, { [visit.id]: visit.value }, grammar);
  const kept = Object.entries(state.remembered).filter(([key]) => !followers.has(key));
  return {
    ok: true,
    state: {
      ...state,
      trail: [...state.trail, visit],
      remembered: { ...Object.fromEntries(kept), [visit.id]: visit.value },
    },
  };
}

/** One step back; does nothing at the first one. */
export function back(state: WizardState): WizardState {
  return { ...state, trail: state.trail.slice(0, -1) };
}

/** What is answered so far: the user's own answers override the preset's. */
export function answersOf(grammar: Grammar, state: WizardState): Values {
  const own: Record<string, Value> = { ...state.given };
  for (const { id, value } of state.trail) if (!id.startsWith('@')) own[id] = value;
  return overPreset(grammar, own, pathOf(state));
}

/** The offers of a step: only questions and the choice of a path have any. */
export function offersAt(grammar: Grammar, state: WizardState, step: Step): readonly Offer[] {
  const values = answersOf(grammar, state);
  if (step.kind === 'question') return offersOf(step.question, grammar.rules, values);
  return step.kind === 'path' ? pathOffers(grammar, values) : [];
}

function pathOffers(grammar: Grammar, values: Values): readonly Offer[] {
  const presets = grammar.presets.map(({ id, title, description }, at) => {
    const fits = isOffered(grammar.rules, overPreset(grammar, values, id));
    const refused = fits ? null : 'it contradicts an earlier answer';
    const label = at === 0 ? `${title} (recommended)` : title;
    return { value: id, label, tradeoff: description, said: `--preset ${id}`, refused };
  });
  const customise: Offer = {
    value: kCustomise,
    label: 'Customise',
    tradeoff: 'Answer every question about the architecture, one by one.',
    refused: null,
  };
  return [...presets, customise];
}

/** `together` is made of checked values only, the user's and the preset's, so it needs no check. */
function overPreset(grammar: Grammar, values: Values, path: string | null): Values {
  if (path === null || path === kCustomise) return values;
  const together: Answers = withPreset(values, path, grammar);
  return together as Values;
}

function pathOf(state: WizardState): string | null {
  const visit = state.trail.find(({ id }) => id === kPath);
  return visit === undefined ? null : String(visit.value);
}

function check(
  grammar: Grammar,
  state: WizardState,
  step: Step,
  raw: Value,
): { readonly value: Value } | { readonly reason: string } {
  if (step.kind === 'end') return { value: raw };
  const isSet = step.kind === 'question' && step.question.kind === 'multi';
  const offers = isSet ? [] : offersAt(grammar, state, step);
  const offer = offers.find(({ value }) => value === String(raw));
  if (offers.length > 0 && offer === undefined)
    return { reason: `${raw} is not one of the choices` };
  if (offer !== undefined && offer.refused !== null) return { reason: offer.refused };
  if (step.kind === 'path') return { value: raw };
  const checked = checkValue(step.question, raw);
  if (!checked.ok) return { reason: `${checked.issue.message}. ${checked.issue.fix}` };
  const { key } = step.question;
  const ruled = grammar.rules.filter((rule) => key in rule.when);
  const broken = isOffered(ruled, { ...answersOf(grammar, state), [key]: checked.value });
  return broken ? { value: checked.value } : { reason: reasonOf(ruled, key, checked.value) };
}

function reasonOf(rules: Grammar['rules'], key: string, value: Value): string {
  const rule = rules.find(({ when }) => when[key]?.some((atom) => has(value, atom)));
  return rule === undefined ? 'this answer is not possible' : `${rule.message}. ${rule.fix}`;
}
