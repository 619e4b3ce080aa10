/** What the commands say: the cause, and a next step that works as it is written. */

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kBin, run } from '../cli/program.ts';
import { changedPaths, newProject } from './project.ts';

test('both sides of a conflict are shown by the flags that its message names', () => {
  const project = newProject();
  project.edit('src/main.cc', (text) => text.replaceAll('EpollPoller', 'MyPoller'));
  const refused = project.command('regenerate', '--io', 'poll');
  expect(refused.err).toContain('--dry-run --diff shows both');
  const { status, out } = project.command('regenerate', '--io', 'poll', '--dry-run', '--diff');
  expect(status).toBe(3);
  expect(out).toMatch(/^-.*MyPoller/m);
  expect(out).toMatch(/^\+.*PollPoller/m);
});

test('undo names the flags that decide about edits, and says what it has kept', () => {
  const project = newProject();
  project.command('regenerate', '--io', 'poll');
  project.edit('src/main.cc', (text) => `${text}// later\n`);
  expect(project.command('undo').err).toContain('--edited keep');
  const { out } = project.command('undo', '--edited', 'keep');
  expect(out).toMatch(/kept +src\/main\.cc/);
});

test('a problem of an addition is named by the flag that was typed', () => {
  const project = newProject();
  expect(project.command('add', 'route', 'a', '--path', 'a').err).toMatch(/^ {2}--path$/m);
  expect(project.command('add', 'route', 'Not A Name', '--path', '/a').err).toMatch(/^ {2}NAME$/m);
  project.command('add', 'deploy', 'docker');
  const twin = project.command('add', 'deploy', 'docker');
  expect(twin.err).toContain('deploy "docker" is there already');
});

test('add without a kind says which there are, as JSON too', () => {
  const project = newProject();
  const { status, out } = project.command('add', '--json');
  expect(status).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ exitCode: 2, issues: [{ at: 'add' }] });
  expect(out).toContain('route, handler, middleware');
});

test('paths are taken from the root, and from where one stands', () => {
  const project = newProject();
  rmSync(join(project.directory, 'src/main.cc'));
  const within = (...args: readonly string[]) => run(args, { cwd: join(project.directory, 'src') });
  expect(within('regenerate', '--restore', 'main.cc').status).toBe(0);
  project.edit('src/main.cc', (text) => `${text}// mine\n`);
  for (const path of ['main.cc', './main.cc', 'src/main.cc', '.']) {
    expect(within('diff', '--mine', path).out).toContain('+// mine');
  }
  expect(within('diff', 'no.cc').status).toBe(2);
});

test('what can only be kept is said to be, and no other way is offered for it', () => {
  const project = newProject();
  rmSync(join(project.directory, 'README.md'));
  symlinkSync('LICENSE', join(project.directory, 'README.md'));
  for (const more of [[], ['--on-conflict', 'take']]) {
    const { status, err } = project.command('regenerate', '--io', 'poll', ...more);
    expect(status).toBe(3);
    expect(err).toContain('it can only be kept');
    expect(err).not.toContain('--diff');
  }
});

test('a folder is restored with all that is missing in it', () => {
  const project = newProject();
  const before = project.bytes();
  rmSync(join(project.directory, 'test'), { recursive: true });
  rmSync(join(project.directory, 'README.md'));
  expect(project.command('regenerate', '--restore', 'test/')).toMatchObject({ status: 0 });
  const present = project.bytes();
  expect(changedPaths(before, present)).toEqual(['.hpserver/state.json', 'README.md']);
  expect(project.command('regenerate', '--restore', '.')).toMatchObject({ status: 0 });
  expect(changedPaths(before, project.bytes())).toEqual([]);
});

test('a file that is no text is not passed over in silence', () => {
  const project = newProject();
  appendFileSync(join(project.directory, 'src/main.cc'), Buffer.from([0xe9, 0xe8, 0x0a]));
  const { err } = project.command('diff', '--mine');
  expect(err).toContain('src/main.cc is no text file');
});

test('a folder that is not there is no project, though one stands around it', () => {
  const project = newProject();
  const { status, err } = project.command('regenerate', '-C', 'typo', '--io', 'poll');
  expect(status).toBe(2);
  expect(err).toMatch(/there is no \S*typo/);
});

test('status looks at files alone: a broken wish or a lost pack is not its matter', () => {
  const project = newProject();
  project.write('hpserver.json', '{');
  expect(project.command('status')).toMatchObject({ status: 0, err: '' });
});

const kPack = {
  name: 'ours',
  version: '1.0.0',
  engine: '>=0.2.0',
  questions: [
    { kind: 'boolean', key: 'ours.notes', title: 'Notes', help: 'Whether.', default: true },
  ],
  additions: [
    {
      kind: 'note',
      title: 'a note of ours',
      help: 'One file.',
      questions: [{ kind: 'text', key: 'name', title: 'Name', help: 'It.', default: 'first' }],
      files: [],
    },
  ],
};

test('packs are told of wherever one asks: by --pack, and within their project', () => {
  const project = newProject();
  const pack = join(project.directory, '../ours');
  mkdirSync(pack);
  writeFileSync(join(pack, 'hppack.json'), JSON.stringify(kPack));
  expect(project.command('regenerate', '--pack', '../ours')).toMatchObject({ status: 0 });
  const elsewhere = (...args: readonly string[]) => run(args, { cwd: pack });
  for (const { out, status } of [
    project.command('explain', 'ours.notes'),
    elsewhere('explain', 'ours.notes', '--pack', '.'),
    project.command('options'),
    elsewhere('options', '--json', '--pack', '.'),
    project.command('regenerate', '--help'),
  ]) {
    expect(status).toBe(0);
    expect(out).toContain('Notes');
  }
  const { additions } = JSON.parse(elsewhere('options', '--json', '--pack', '.').out);
  expect(additions.map(({ kind }: { kind: string }) => kind)).toContain('note');
  expect(project.command('add', 'note', '--help').out).toContain('a note of ours');
  rmSync(pack, { recursive: true });
  const alone = project.command('add', '--help');
  expect(alone).toMatchObject({ status: 0 });
  expect(alone.out).toContain('route');
  expect(alone.err).toContain('../ours');
});

test('what a kind asks can be read outside of any project', () => {
  const { status, out } = run(['add', 'route', '--help'], { cwd: '/' });
  expect(status).toBe(0);
  expect(out).toContain('--method');
});

test('help shows every spelling of a flag, by headings, and keeps to the width', () => {
  const { out } = run(['regenerate', '--help'], { cwd: '/' });
  expect(out).toMatch(/-C, --directory DIR/);
  expect(out).toMatch(/--io, --io-model VALUE/);
  expect(out).toMatch(/^Packs$/m);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('in a folder that was removed meanwhile there is no project', () => {
  const { directory } = newProject();
  const argv = `cd ${directory} && rm -r ${directory} && exec ${process.execPath} ${kBin} check`;
  const { status, stderr } = spawnSync('sh', ['-c', argv], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain(`there is no ${directory}`);
});

test.each([
  ['standard output', '| true'],
  ['both outputs', '2>&1 | true'],
])('what nobody reads any more on %s is done all the same', (_, pipe) => {
  const project = newProject();
  const command = `${process.execPath} ${kBin} regenerate --io poll ${pipe}`;
  spawnSync('bash', ['-c', command], { cwd: project.directory });
  expect(project.read('hpserver.json')).toContain('"io.model": "poll"');
});

test('an output without room is a failure, and no stack', () => {
  const project = newProject();
  const command = `${process.execPath} ${kBin} regenerate --io poll > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    cwd: project.directory,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('ENOSPC');
  expect(stderr).not.toMatch(/^ {4}at /m);
});
