/** The project's own record (`.hpserver/`) in real life: lost, damaged, merged. */

import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newProject, type Project, reportOf } from './project.ts';

function lose(project: Project, path: string): void {
  rmSync(join(project.directory, path), { recursive: true });
}

describe.each([
  ['all of it', '.hpserver'],
  ['state.json', '.hpserver/state.json'],
  ['the texts', '.hpserver/base'],
])('without %s', (_, path) => {
  test('an untouched project is regenerated, and has its record again', async () => {
    const project = await newProject();
    const whole = project.bytes();
    lose(project, path);
    const check = await project.command('check');
    expect(check.status).toBe(4);
    expect(check.err).toContain('create-hpserver regenerate');
    const { status, err } = await project.command('regenerate');
    expect(status).toBe(0);
    expect(err).toContain('.hpserver');
    expect([...project.bytes().keys()]).toEqual([...whole.keys()]);
    expect(await project.command('check')).toMatchObject({ status: 0 });
  });

  test('another answer is taken, and what differs is a conflict, never overwritten', async () => {
    const project = await newProject();
    project.edit('src/main.cc', (text) => `// mine\n${text}`);
    lose(project, path);
    const refused = await project.command('regenerate', '--io', 'poll');
    expect(refused.status).toBe(3);
    expect(refused.err).toContain('src/main.cc');
    const kept = await project.command('regenerate', '--io', 'poll', '--on-conflict', 'keep');
    expect(kept.status).toBe(0);
    expect(project.read('src/main.cc')).toMatch(/^\/\/ mine/);
    expect(await project.command('status')).toMatchObject({ status: 0 });
    // The answer is neither asked for nor lost: the next run does not revert it (P4).
    expect(refused.err).not.toContain('hpserver.json');
    const answers = JSON.parse(project.read('hpserver.json')) as { values: object };
    expect(answers.values).toMatchObject({ 'io.model': 'poll' });
    expect(answers.values).not.toHaveProperty('io.trigger');
    expect(await project.command('check')).toMatchObject({ status: 0 });
  });
});

test('a damaged text is found in the file that still has it', async () => {
  const project = await newProject();
  for (const hash of readdirSync(join(project.directory, '.hpserver/base'))) {
    appendFileSync(join(project.directory, '.hpserver/base', hash), 'damage');
  }
  const report = reportOf(await project.command('regenerate', '--io', 'poll', '--json'));
  expect(report.files.filter(({ action }) => action === 'conflict')).toEqual([]);
  expect(report.files.find(({ path }) => path === 'README.md')?.action).toBe('update');
  expect(await project.command('check')).toMatchObject({ status: 0, err: '' });
});

test('the record of a newer version is not touched', async () => {
  const project = await newProject();
  project.edit('.hpserver/state.json', (text) => text.replace(/"version": 3/, '"version": 99'));
  const before = project.bytes();
  const { status, err } = await project.command('regenerate', '--io', 'poll');
  expect(status).toBe(1);
  expect(err).toContain('npm create hpserver@latest');
  expect(project.bytes()).toEqual(before);
});

test('a wish that is gone is found again by the record', async () => {
  const project = await newProject();
  const wish = project.read('hpserver.json');
  lose(project, 'hpserver.json');
  const { status, err } = await project.command('regenerate');
  expect(status).toBe(2);
  const copy = project.read(/\.hpserver\/base\/\w+/.exec(err)?.[0] ?? '');
  expect(copy.replace(/^\w+ /gm, '')).toBe(wish);
});

function git(project: Project, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  execFileSync('git', [...identity, ...args], { cwd: project.directory, stdio: 'pipe' });
}

function unmergedIn({ directory }: Project): readonly string[] {
  const args = ['diff', '--name-only', '--diff-filter=U'];
  const listed = execFileSync('git', args, { cwd: directory, encoding: 'utf8' });
  return listed.trim().split('\n');
}

test('two branches that were both regenerated are merged', async () => {
  const project = await newProject();
  const commit = async (branch: string, ...commands: readonly (readonly string[])[]) => {
    git(project, 'checkout', '-q', '-b', branch, 'main');
    for (const command of commands) {
      expect(await project.command(...command)).toMatchObject({ status: 0 });
    }
    git(project, 'add', '-A');
    git(project, 'commit', '-qm', branch);
  };
  git(project, 'init', '-q', '-b', 'main');
  git(project, 'add', '-A');
  git(project, 'commit', '-qm', 'main');
  const route = (name: string) => ['add', 'route', name, '--path', `/${name}`];
  await commit('theirs', ['regenerate', '--set', 'workers.size=4'], route('a'));
  await commit('ours', route('b'), ['regenerate', '--io', 'poll']);
  expect(() => git(project, 'merge', 'theirs')).toThrow();
  // Only files that a person must look at are unmerged: git has taken no base for a rename (P34).
  expect(unmergedIn(project)).toEqual([
    '.hpserver/state.json',
    'CMakeLists.txt',
    'hpserver.json',
    'src/routes.cc',
  ]);

  const unresolved = await project.command('regenerate');
  expect(unresolved.status).toBe(2);
  expect(unresolved.err).toMatch(/conflict markers/i);
  // A person resolves the conflicts by keeping both sides' routes and answers.
  const both = (text: string) => text.replace(/^(?:<{7} .*|={7}|>{7} .*)\n/gm, '');
  project.edit('src/routes.cc', both);
  project.edit('CMakeLists.txt', both);
  const wish = JSON.parse(
    project.read('hpserver.json').replace(/^<{7} .*\n([\s\S]*?)^={7}\n[\s\S]*?^>{7} .*\n/gm, '$1'),
  ) as { values: Record<string, unknown>; additions: object[] };
  const additions = ['a', 'b'].map((name) => ({ kind: 'route', name, path: `/${name}` }));
  const values = { ...wish.values, 'workers.size': 4 };
  project.write('hpserver.json', JSON.stringify({ ...wish, values, additions }));

  const { status, err } = await project.command('regenerate');
  expect({ status, err }).toMatchObject({ status: 0 });
  const routes = project.read('src/routes.cc');
  expect(routes.match(/"\/a"/g)).toHaveLength(1);
  expect(routes.match(/"\/b"/g)).toHaveLength(1);
  expect(project.read('src/main.cc')).toContain('PollPoller');
  expect(await project.command('check')).toMatchObject({ status: 0 });
});

test('bases that a crash has emptied are made again of the files, as long as nobody edits them', async () => {
  const project = await newProject();
  const whole = project.bytes();
  const bases = [...whole.keys()].filter((path) => path.startsWith('.hpserver/base/'));
  expect(bases.length).toBeGreaterThan(100);
  for (const path of bases) project.write(path, '');
  expect(await project.command('regenerate', '--yes')).toMatchObject({ status: 0 });
  expect(project.bytes()).toEqual(whole);
});
