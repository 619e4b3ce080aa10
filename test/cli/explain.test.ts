/** `explain` accepts whatever the other commands accept as an answer (U9). */

import { expect, test } from 'vitest';
import { fastFolder, run } from './program.ts';

const cwd = fastFolder();

test.each([
  ['a preset', 'nginx-like', /--preset nginx-like[\s\S]*io\.model +epoll[\s\S]*Five steps/],
  ['a flag', 'io', /io\.model {2}--io/],
  ['a choice alone', 'proactor', /event\.pattern=proactor[\s\S]*Constraints/],
  ['a choice of several questions', 'process', /workers\.kind=process/],
  ['nothing', undefined, /Presets\n {2}default/],
])('explain tells of %s', async (_, operand, told) => {
  const args = operand === undefined ? [] : [operand];
  const { status, out } = await run(['explain', ...args], { cwd });
  expect(status).toBe(0);
  expect(out).toMatch(told);
});

const kSteps = ['wait', 'accept', 'read', 'process', 'write', 're-arm'].map((step) => ({ step }));

test('explain --json tells the same to programs', async () => {
  const json = async (operand: string) =>
    JSON.parse((await run(['explain', operand, '--json'], { cwd })).out).subjects;
  expect(await json('nginx-like')).toMatchObject([
    { kind: 'preset', preset: { id: 'nginx-like' }, flow: kSteps },
  ]);
  expect(await json('io=epoll')).toMatchObject([
    { kind: 'choice', key: 'io.model', choice: { value: 'epoll' }, rules: expect.any(Array) },
  ]);
  expect(await json('io.model')).toMatchObject([
    { kind: 'question', question: { key: 'io.model' } },
  ]);
});

test.each([
  [['explain', 'ngnix-like'], 'Did you mean nginx-like?'],
  [['explain', 'proactr'], 'Did you mean proactor?'],
  [['app', '--yes', '--preset', 'ngnix'], 'Did you mean --preset nginx-like?'],
  [['regnerate'], 'Did you mean regenerate? To create a project of that name'],
  [['regenrate', '--io', 'poll'], 'Did you mean regenerate?'],
])('a slip is answered by what was meant: %s', async (args, meant) => {
  const { status, err } = await run(args, { cwd });
  expect(status).toBe(2);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(meant);
});
