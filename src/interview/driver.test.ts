import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog, parse } from '../project.ts';
import { isOffered } from '../spec/verdict.ts';
import {
  answer,
  answersOf,
  back,
  begin,
  currentStep,
  kCustomise,
  offersAt,
  stepsOf,
  type WizardState,
} from './driver.ts';
import { offersOf } from './offers.ts';

type Act = { readonly back: true } | { readonly pick: number; readonly typed: string };

const kActs = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<Act>({ back: true }) },
    {
      weight: 4,
      arbitrary: fc.record({
        pick: fc.nat(20),
        typed: fc.oneof(fc.constant('my-server'), fc.constant('8'), fc.string()),
      }),
    },
  ),
  { maxLength: 40 },
);

/** What a person does at a step: picks an offer, even a refused one, or types something. */
function perform(state: WizardState, act: Act): WizardState {
  const step = currentStep(catalog, state);
  if ('back' in act || step === null) return back(state);
  const offers = offersAt(catalog, state, step);
  const value = offers[act.pick % Math.max(1, offers.length)]?.value ?? act.typed;
  const answered = answer(catalog, state, value);
  return answered.ok ? answered.state : state;
}

function reached(acts: readonly Act[]): WizardState {
  return acts.reduce(perform, begin({}));
}

function say(values: readonly string[], state: WizardState = begin({})): WizardState {
  return values.reduce((sofar, value) => {
    const answered = answer(catalog, sofar, value);
    if (!answered.ok) throw new Error(answered.reason);
    return answered.state;
  }, state);
}

describe('whatever a person does', () => {
  test('what is answered so far can be had', () => {
    fc.assert(
      fc.property(kActs, (acts) => {
        expect(isOffered(catalog.rules, answersOf(catalog, reached(acts)))).toBe(true);
      }),
    );
  });

  test('at the end the parser agrees', () => {
    fc.assert(
      fc.property(kActs, (acts) => {
        const state = reached(acts);
        if (currentStep(catalog, state) !== null) return;
        expect(parse(answersOf(catalog, state))).toMatchObject({ ok: true });
      }),
    );
  });

  test('answering and going back leads to the same question, which remembers', () => {
    fc.assert(
      fc.property(kActs, (acts) => {
        const state = reached(acts);
        const step = currentStep(catalog, state);
        if (step === null) return;
        const offer = offersAt(catalog, state, step).find(({ refused }) => refused === null);
        const answered = answer(catalog, state, offer?.value ?? '8');
        if (!answered.ok) return;
        const returned = back(answered.state);
        expect(currentStep(catalog, returned)).toEqual(step);
        expect(returned.trail).toEqual(state.trail);
        expect(returned.remembered[step.id]).toBeDefined();
      }),
    );
  });

  test('there is always something to take, and the end comes', () => {
    fc.assert(
      fc.property(kActs, (acts) => {
        let state = reached(acts);
        for (let turn = 0; turn < catalog.questions.length + 2; turn += 1) {
          const step = currentStep(catalog, state);
          if (step === null) break;
          const offer = offersAt(catalog, state, step).find(({ refused }) => refused === null);
          const fallback = step.kind === 'question' ? String(step.question.default) : 'write';
          const answered = answer(catalog, state, offer?.value ?? fallback);
          expect(answered).toMatchObject({ ok: true });
          if (answered.ok) state = answered.state;
        }
        expect(currentStep(catalog, state)).toBeNull();
      }),
    );
  });
});

test('a yes that the rules refuse is offered as refused', () => {
  const question = catalog.questions.find(({ key }) => key === 'daemon.chroot');
  if (question === undefined) throw new Error('nobody asks for a root directory');
  const values = { language: 'typescript', 'concurrency.model': 'sharded' };
  const [yes, no] = offersOf(question, catalog.rules, values);
  expect(yes?.refused).toContain('a TypeScript worker loads its modules');
  expect(no?.refused).toBeNull();
});

test('the recommended path is short: basic questions, a preset, the end', () => {
  const basic = catalog.questions.filter(({ depth }) => depth === 'basic');
  expect(stepsOf(catalog, begin({})).map(({ id }) => id)).toEqual([
    ...basic.map(({ key }) => key),
    '@path',
    '@end',
  ]);
});

test('customise asks the rest, question by question', () => {
  const state = say(['my-server', 'cpp', 'http', 'foreground', kCustomise]);
  const ids = stepsOf(catalog, state).map(({ id }) => id);
  expect(ids).toContain('io.model');
  expect(ids.at(-1)).toBe('@end');
});

test('an earlier answer that was only a default follows the answer it comes from', () => {
  const earlier = parse({ name: 'a', 'daemon.style': 'classic', 'daemon.chroot': true });
  if (!earlier.ok) throw new Error('these answers are valid');
  const style = say(['a', 'typescript', 'http'], begin({}, false, earlier.spec.values));
  const { remembered } = say(['systemd'], style);
  expect(remembered).not.toHaveProperty(['daemon.background']);
  expect(remembered).toMatchObject({ 'daemon.chroot': true, 'daemon.style': 'systemd' });
});

test('what the command line says is not asked', () => {
  const state = begin({ name: 'my-server', language: 'cpp' });
  expect(stepsOf(catalog, state).map(({ id }) => id)).not.toContain('language');
});

test('a refused choice is turned down with its reason', () => {
  const state = say(['my-server', 'cpp', 'http', 'foreground', kCustomise, 'epoll', 'edge']);
  const answered = answer(catalog, state, 'proactor');
  expect(answered).toMatchObject({ ok: false, reason: expect.stringContaining('completions') });
});

test('a name that cannot be is turned down with its meaning', () => {
  const answered = answer(catalog, begin({}), 'My App');
  expect(answered).toMatchObject({ ok: false, reason: expect.stringContaining('lower-case') });
});

test('Esc at the first question stays there', () => {
  expect(back(begin({}))).toEqual(begin({}));
});
