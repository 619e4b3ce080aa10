/**
 * The configuration (`hpserver.json`) is read before it is written: it never conflicts with itself.
 */

import { expect, test } from 'vitest';
import { newProject, reportOf } from './project.ts';

interface Wish {
  readonly values: Readonly<Record<string, unknown>>;
  readonly additions?: readonly object[];
  readonly note?: string;
}

test.each([
  ['a number that is written as a text', { 'workers.size': '4' }, [], 'workers.size', 4],
  ['another answer than the flag', { 'io.model': 'select' }, ['--io', 'poll'], 'io.model', 'poll'],
])('%s is no conflict', async (_, edits, flags, key, expected) => {
  const project = await newProject();
  const wish = JSON.parse(project.read('hpserver.json')) as Wish;
  const values = { ...wish.values, ...edits };
  project.write('hpserver.json', JSON.stringify({ ...wish, values, note: 'mine' }, null, 2));
  expect(await project.command('regenerate', ...flags)).toMatchObject({ status: 0 });
  const after = JSON.parse(project.read('hpserver.json')) as Wish;
  expect(after.values[key]).toBe(expected);
  expect(after.note).toBe('mine');
  expect(await project.command('check')).toMatchObject({ status: 0, err: '' });
});

test('an addition that is written by hand is there once', async () => {
  const project = await newProject();
  const wish = JSON.parse(project.read('hpserver.json')) as Wish;
  const additions = [{ port: '80', target: 'systemd', kind: 'deploy' }];
  project.write('hpserver.json', JSON.stringify({ ...wish, additions }, null, 2));
  const report = reportOf(await project.command('regenerate', '--json'));
  expect(report.differences).toEqual(['add deploy systemd']);
  const after = JSON.parse(project.read('hpserver.json')) as Wish;
  expect(after.additions).toEqual([{ kind: 'deploy', port: 80, target: 'systemd' }]);
  expect(await project.command('check')).toMatchObject({ status: 0 });
});
