/** `check`, `status` and `diff`: they look, but change nothing. */

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newProject } from './project.ts';

test('check is quiet about edits, and loud about drift', async () => {
  const project = await newProject();
  project.edit('src/main.cc', (text) => `${text}// mine\n`);
  expect(await project.command('check')).toMatchObject({ status: 0 });
  project.edit('hpserver.json', (text) => text.replace('"edge"', '"level"'));
  const { status, out, err } = await project.command('check');
  expect(status).toBe(4);
  expect(out).toContain('io.trigger: edge → level');
  expect(err).toContain('create-hpserver regenerate');
});

test('check says which version would write', async () => {
  const project = await newProject();
  project.edit('.hpserver/state.json', (text) =>
    text.replace(/"tool": "[^"]+"/, '"tool": "0.1.0"'),
  );
  project.edit('hpserver.json', (text) => text.replace('"edge"', '"level"'));
  expect((await project.command('check')).out).toMatch(/create-hpserver: 0\.1\.0 → \d/);
});

test('check works where it may not write', async () => {
  const project = await newProject();
  const before = project.bytes();
  await project.command('check');
  await project.command('status');
  await project.command('diff');
  expect(project.bytes()).toEqual(before);
});

test('status tells clean, edited, missing and extra', async () => {
  const project = await newProject();
  project.edit('src/main.cc', (text) => `${text}// mine\n`);
  rmSync(join(project.directory, '.editorconfig'));
  project.write('src/own.cc', 'int own;\n');
  mkdirSync(join(project.directory, 'build'));
  project.write('build/object.o', '');
  const { status, out } = await project.command('status');
  expect(status).toBe(0);
  expect(out).toMatch(/edited +src\/main\.cc/);
  expect(out).toMatch(/missing +\.editorconfig/);
  expect(out).toMatch(/extra +src\/own\.cc/);
  expect(out).not.toContain('object.o');
  expect(out).toMatch(/0 conflict, 1 edited, 1 missing, 1 extra, \d+ clean/);
});

test('status follows a file that regenerating has found again', async () => {
  const project = await newProject();
  renameSync(join(project.directory, 'src/main.cc'), join(project.directory, 'src/own_main.cc'));
  await project.command('regenerate', '--yes');
  const { out } = await project.command('status', '--json');
  const { files } = JSON.parse(out) as { readonly files: readonly object[] };
  expect(files).toContainEqual({
    path: 'src/own_main.cc',
    state: 'clean',
    movedFrom: 'src/main.cc',
  });
});

test('diff shows what regenerating would change, and what the user has', async () => {
  const project = await newProject();
  expect((await project.command('diff')).out).toBe('');
  project.edit('src/main.cc', (text) => `// mine\n${text}`);
  project.edit('hpserver.json', (text) => text.replace('"epoll"', '"poll"'));
  const { out } = await project.command('diff', 'src/main.cc');
  expect(out).toMatch(/^-.*EpollPoller/m);
  expect(out).toMatch(/^\+.*PollPoller/m);
  expect(out).not.toContain('README');
  expect((await project.command('diff', '--mine', 'src')).out).toMatch(/^\+\/\/ mine/m);
  expect(await project.command('diff', 'src/nothing.cc')).toMatchObject({ status: 2 });
});

test('diff --json says the same to programs', async () => {
  const project = await newProject();
  project.edit('src/main.cc', (text) => `// mine\n${text}`);
  const { out, err, status } = await project.command('diff', '--mine', '--json');
  expect([status, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual({
    directory: project.directory,
    files: [
      {
        path: 'src/main.cc',
        diff: expect.stringMatching(/^--- .*\n\+\+\+ .*\n@@ .*\n\+\/\/ mine/),
      },
    ],
  });
});

test('commands find the project from a folder within', async () => {
  const project = await newProject();
  const { status } = await project.command('check', '--directory', 'src/handlers');
  expect(status).toBe(0);
  const outside = await project.command('check', '--directory', '..');
  expect(outside.status).toBe(2);
  expect(outside.err).toContain('there is no project in');
});
