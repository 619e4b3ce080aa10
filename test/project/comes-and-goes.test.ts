/** Files that are temporarily missing, move, or are no longer planned: what happens to them. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newProject, type Project } from './project.ts';

function move(project: Project, from: string, to: string): void {
  mkdirSync(dirname(join(project.directory, to)), { recursive: true });
  renameSync(join(project.directory, from), join(project.directory, to));
}

async function succeeds(project: Project, ...command: readonly string[]): Promise<void> {
  const { status, err } = await project.command(...command);
  expect({ status, err }).toMatchObject({ status: 0 });
}

function withoutAdditions(project: Project): void {
  project.edit('hpserver.json', (text) => {
    const { additions: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return `${JSON.stringify(rest, null, 2)}\n`;
  });
}

test('unchanged files that the user has moved stay when they are no longer planned (P6)', async () => {
  const project = await newProject('typescript');
  const text = project.read('src/main.ts');
  move(project, 'src', 'legacy/src');
  await succeeds(project, 'regenerate', '--language', 'cpp', '--yes');
  expect(project.read('legacy/src/main.ts')).toBe(text);
  await succeeds(project, 'check');
  await succeeds(project, 'regenerate', '--language', 'typescript', '--yes');
  expect(project.read('legacy/src/main.ts')).toBe(text);
});

test('a file of the user that is much like a deleted one is left alone (P25)', async () => {
  const project = await newProject('cpp');
  for (const end of ['h', 'cc']) {
    const text = project.read(`src/handlers/json.${end}`).replaceAll('json', 'users');
    project.write(`src/handlers/users.${end}`, text);
    rmSync(join(project.directory, `src/handlers/json.${end}`));
  }
  const own = ['users.h', 'users.cc'].map((name) => project.read(`src/handlers/${name}`));
  await succeeds(project, 'regenerate', '--name', 'other', '--yes');
  expect(['users.h', 'users.cc'].map((name) => project.read(`src/handlers/${name}`))).toEqual(own);
});

test('a file that was away for a moment is brought up to date when it is back (P20)', async () => {
  const project = await newProject('typescript');
  move(project, 'src/worker.ts', '../away');
  await succeeds(project, 'regenerate', '--io', 'poll', '--yes');
  move(project, '../away', 'src/worker.ts');
  expect(await project.command('check')).toMatchObject({ status: 4 });
  await succeeds(project, 'regenerate', '--yes');
  const other = await newProject('typescript');
  await succeeds(other, 'regenerate', '--io', 'poll', '--yes');
  expect(project.read('src/worker.ts')).toBe(other.read('src/worker.ts'));
  await succeeds(project, 'check');
});

test.each([
  ['cpp', ['src/handlers/foo.cc', 'src/handlers/foo.h', 'test/foo_route_test.cc']],
  ['typescript', ['src/handlers/foo.ts', 'test/foo-route.test.ts']],
] as const)('%s: an addition comes and goes with its files (P21, P29)', async (language, files) => {
  const project = await newProject(language);
  const before = project.bytes();
  await succeeds(project, 'add', 'route', 'foo');
  const complete = project.bytes();
  withoutAdditions(project);
  await succeeds(project, 'regenerate', '--yes');
  expect(project.bytes()).toEqual(before);
  await succeeds(project, 'add', 'route', 'foo');
  expect(project.bytes()).toEqual(complete);
  for (const file of files) rmSync(join(project.directory, file));
  withoutAdditions(project);
  await succeeds(project, 'regenerate', '--yes');
  await succeeds(project, 'add', 'route', 'foo');
  for (const file of files) expect(existsSync(join(project.directory, file)), file).toBe(true);
  expect(project.bytes()).toEqual(complete);
});

test('what was edited of an addition stays when it is removed (P29)', async () => {
  const project = await newProject('typescript');
  await succeeds(project, 'add', 'route', 'foo');
  project.edit('src/handlers/foo.ts', (text) => `// Mine.\n${text}`);
  withoutAdditions(project);
  await succeeds(project, 'regenerate', '--yes');
  expect(project.read('src/handlers/foo.ts')).toMatch(/^\/\/ Mine/);
  expect(existsSync(join(project.directory, 'test/foo-route.test.ts'))).toBe(false);
});

test('a checkout with other line ends is no edit (P11)', async () => {
  const project = await newProject();
  const git = (...args: readonly string[]) => {
    const settings = ['user.name=a', 'user.email=a@example.org', 'core.autocrlf=true'];
    const options = settings.flatMap((setting) => ['-c', setting]);
    execFileSync('git', [...options, ...args], { cwd: project.directory, stdio: 'pipe' });
  };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'all');
  git('rm', '-rq', '--cached', '.');
  git('reset', '-q', '--hard');
  expect(project.read('src/main.cc')).toContain('\r\n');
  const before = project.bytes();
  await succeeds(project, 'regenerate', '--yes');
  expect(project.bytes()).toEqual(before);
  expect((await project.command('status')).out).toMatch(/^0 conflict, 0 edited/m);
  await succeeds(project, 'regenerate', '--language', 'typescript', '--yes');
  expect(existsSync(join(project.directory, 'src/main.cc'))).toBe(false);
  expect((await project.command('status')).out).toMatch(
    /^0 conflict, 0 edited, 0 missing, 0 extra/m,
  );
});
