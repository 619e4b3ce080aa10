/** What `create-hpserver DIRECTORY` does if it is already a project: nothing. */

import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../cli/program.ts';
import { newProject } from './project.ts';

test.each([[[]], [['--dry-run']], [['--json']]])(
  'a project is not created over another one, %j',
  async (more) => {
    const project = await newProject();
    const before = project.bytes();
    const flags = ['--language', 'cpp', '--io', 'poll', '--yes', '--no-build', '--no-git', ...more];
    const { status, err } = await run(['my-server', ...flags], { cwd: dirname(project.directory) });
    expect(status).toBe(2);
    expect(err).toContain('is already a project');
    expect(err).toContain('cd my-server && create-hpserver regenerate');
    expect(project.bytes()).toEqual(before);
  },
);

test('nor where its name is that of the folder', async () => {
  const project = await newProject();
  const flags = ['--name', 'my-server', '--language', 'cpp', '--yes'];
  const { status, err } = await run(flags, { cwd: dirname(project.directory) });
  expect(status).toBe(2);
  expect(err).toContain('is already a project');
});

test('within a project, a word that is nearly a command is no folder', async () => {
  const project = await newProject();
  const { status, err } = await project.command('regenerat', '--yes');
  expect(status).toBe(2);
  expect(err).toContain('Did you mean regenerate?');
  expect(err).toContain('./regenerat');
  const started = await project.command('./regenerat', '--yes', '--no-git', '--no-build');
  expect(started).toMatchObject({ status: 0 });
});
