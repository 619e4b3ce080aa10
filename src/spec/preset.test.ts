import { expect, test } from 'vitest';
import { withPreset } from './preset.ts';
import type { Question } from './question.ts';

const kAbout = {
  kind: 'text',
  default: '',
  group: '',
  depth: 'basic',
  title: '',
  help: '',
} as const;
const questions: readonly Question[] = [
  { ...kAbout, key: 'io' },
  { ...kAbout, key: 'trigger', when: { io: ['epoll'] } },
];
const presets = [
  { id: 'calm', title: '', description: '', values: { io: 'epoll', trigger: 'level' } },
];
const rules = [
  { when: { trigger: ['level'], kind: ['process'] }, status: 'refused', message: '', fix: '' },
] as const;
const source = { presets, questions, rules };

test('a preset answers what the user leaves open', () => {
  expect(withPreset({ name: 'a' }, 'calm', source)).toEqual({
    name: 'a',
    io: 'epoll',
    trigger: 'level',
  });
});

test('the user stands above the preset', () => {
  expect(withPreset({ trigger: 'edge' }, 'calm', source)).toEqual({ io: 'epoll', trigger: 'edge' });
});

test('what no longer applies is left out of the preset', () => {
  expect(withPreset({ io: 'poll' }, 'calm', source)).toEqual({ io: 'poll' });
});

test('what cannot stand beside an answer is left out of the preset', () => {
  const answers = { kind: 'process' };
  expect(withPreset(answers, 'calm', source)).toEqual({ kind: 'process', io: 'epoll' });
});

test('what the user says stays, even where it does not apply: parse has to name it', () => {
  const answers = { io: 'poll', trigger: 'edge' };
  expect(withPreset(answers, 'calm', source)).toEqual(answers);
});

test('an unknown preset is refused, with the one that was meant', () => {
  expect(() => withPreset({}, 'clam', source)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      issues: [
        {
          at: '--preset',
          message: 'there is no preset "clam"',
          fix: 'Did you mean --preset calm?',
        },
      ],
    }),
  );
});
