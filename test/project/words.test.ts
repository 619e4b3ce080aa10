/** What the commands say: the cause, and a next step that works as written. */

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kBin, run } from '../cli/program.ts';
import { changedPaths, newProject } from './project.ts';

test('both sides of a conflict are shown by the flags that its message names', async () => {
  const project = await newProject();
  project.edit('src/main.cc', (text) => text.replaceAll('EpollPoller', 'MyPoller'));
  const refused = await project.command('regenerate', '--io', 'poll');
  expect(refused.err).toContain('See both versions with --dry-run --diff');
  const both = ['--dry-run', '--diff'];
  const { status, out } = await project.command('regenerate', '--io', 'poll', ...both);
  expect(status).toBe(3);
  expect(out).toMatch(/^-.*MyPoller/m);
  expect(out).toMatch(/^\+.*PollPoller/m);
});

test('undo names the flags that decide about edits, and says what it has kept', async () => {
  const project = await newProject();
  await project.command('regenerate', '--io', 'poll');
  project.edit('src/main.cc', (text) => `${text}// later\n`);
  expect((await project.command('undo')).err).toContain('--edited keep');
  const { out } = await project.command('undo', '--edited', 'keep');
  expect(out).toMatch(/kept +src\/main\.cc/);
});

test('a problem of an addition is named by the flag that was typed', async () => {
  const project = await newProject();
  expect((await project.command('add', 'route', 'a', '--path', 'a')).err).toMatch(/^ {2}--path$/m);
  expect((await project.command('add', 'route', 'Not A Name', '--path', '/a')).err).toMatch(
    /^ {2}NAME$/m,
  );
  await project.command('add', 'deploy', 'docker');
  const twin = await project.command('add', 'deploy', 'docker');
  expect(twin.err).toContain('deploy "docker" already exists');
});

test.each([
  ['docker', 'docker build --tag my-server .'],
  ['compose', 'docker compose up --build'],
  ['kubernetes', 'kubectl apply --filename deploy/kubernetes'],
  ['systemd', 'less deploy/my-server.service'],
  ['debian', 'cpack --config build/release/CPackConfig.cmake -B build/debian'],
  ['github-actions', 'git add .github/workflows/build.yaml'],
  ['classic', 'less deploy/classic/my-server.init'],
])('after add deploy %s comes what starts it there (U11)', async (target, command) => {
  const project = await newProject();
  const { err } = await project.command('add', 'deploy', target);
  const [, next = ''] = err.split('Next\n');
  expect(next).toContain(`  ${command}\n`);
  expect(next.includes('cmake')).toBe(target === 'debian');
});

test('a project is named by its folder too, and what npm writes is no surprise (U18)', async () => {
  const project = await newProject('typescript');
  project.write('package-lock.json', '{}\n');
  const cwd = join(project.directory, '..');
  for (const command of ['regenerate', 'check', 'status']) {
    const { status, err } = await run([command, 'my-server'], { cwd });
    expect(status, err).toBe(0);
  }
  expect((await run(['status', './my-server'], { cwd })).out).toContain('0 extra');
  const both = await run(['regenerate', 'my-server', 'other'], { cwd });
  expect(both).toMatchObject({ status: 2 });
  expect(both.err).toContain('unexpected argument "other"');
});

test('add without a kind says which there are, as JSON too', async () => {
  const project = await newProject();
  const { status, out } = await project.command('add', '--json');
  expect(status).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ exitCode: 2, issues: [{ at: 'add' }] });
  expect(out).toContain('route, handler, middleware');
});

test('paths are taken from the root, and from where one stands', async () => {
  const project = await newProject();
  rmSync(join(project.directory, 'src/main.cc'));
  const within = (...args: readonly string[]) => run(args, { cwd: join(project.directory, 'src') });
  expect(await within('regenerate', '--restore', 'main.cc')).toMatchObject({ status: 0 });
  project.edit('src/main.cc', (text) => `${text}// mine\n`);
  for (const path of ['main.cc', './main.cc', 'src/main.cc', '.']) {
    expect((await within('diff', '--mine', path)).out).toContain('+// mine');
  }
  expect(await within('diff', 'no.cc')).toMatchObject({ status: 2 });
});

test('what can only be kept is said to be, and no other way is offered for it', async () => {
  const project = await newProject();
  rmSync(join(project.directory, 'README.md'));
  symlinkSync('LICENSE', join(project.directory, 'README.md'));
  for (const more of [[], ['--on-conflict', 'take']]) {
    const { status, err } = await project.command('regenerate', '--io', 'poll', ...more);
    expect(status).toBe(3);
    expect(err).toContain('It cannot be overwritten');
    expect(err).not.toContain('--diff');
  }
});

test('a folder is restored with all that is missing in it', async () => {
  const project = await newProject();
  const before = project.bytes();
  rmSync(join(project.directory, 'test'), { recursive: true });
  rmSync(join(project.directory, 'README.md'));
  expect(await project.command('regenerate', '--restore', 'test/')).toMatchObject({ status: 0 });
  const present = project.bytes();
  expect(changedPaths(before, present)).toEqual(['.hpserver/state.json', 'README.md']);
  expect(await project.command('regenerate', '--restore', '.')).toMatchObject({ status: 0 });
  expect(changedPaths(before, project.bytes())).toEqual([]);
});

test('a file that is no text is not passed over in silence', async () => {
  const project = await newProject();
  appendFileSync(join(project.directory, 'src/main.cc'), Buffer.from([0xe9, 0xe8, 0x0a]));
  const { err } = await project.command('diff', '--mine');
  expect(err).toContain('src/main.cc is not a text file');
});

test('a folder that is not there is no project, though one stands around it', async () => {
  const project = await newProject();
  const { status, err } = await project.command('regenerate', '-C', 'typo', '--io', 'poll');
  expect(status).toBe(2);
  expect(err).toMatch(/typo does not exist/);
});

test('status looks at files alone: a broken wish or a lost pack is not its matter', async () => {
  const project = await newProject();
  project.write('hpserver.json', '{');
  expect(await project.command('status')).toMatchObject({ status: 0, err: '' });
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

test('packs are told of wherever one asks: by --pack, and within their project', async () => {
  const project = await newProject();
  const pack = join(project.directory, '../ours');
  mkdirSync(pack);
  writeFileSync(join(pack, 'hppack.json'), JSON.stringify(kPack));
  expect(await project.command('regenerate', '--pack', '../ours')).toMatchObject({ status: 0 });
  const elsewhere = (...args: readonly string[]) => run(args, { cwd: pack });
  for (const { out, status } of [
    await project.command('explain', 'ours.notes'),
    await elsewhere('explain', 'ours.notes', '--pack', '.'),
    await project.command('options'),
    await elsewhere('options', '--json', '--pack', '.'),
    await project.command('regenerate', '--help'),
  ]) {
    expect(status).toBe(0);
    expect(out).toContain('Notes');
  }
  const { additions } = JSON.parse((await elsewhere('options', '--json', '--pack', '.')).out);
  expect(additions.map(({ kind }: { kind: string }) => kind)).toContain('note');
  expect((await project.command('add', 'note', '--help')).out).toContain('a note of ours');
  rmSync(pack, { recursive: true });
  const alone = await project.command('add', '--help');
  expect(alone).toMatchObject({ status: 0 });
  expect(alone.out).toContain('route');
  expect(alone.err).toContain('../ours');
});

test('what a kind asks can be read outside of any project', async () => {
  const { status, out } = await run(['add', 'route', '--help'], { cwd: '/' });
  expect(status).toBe(0);
  expect(out).toContain('--method');
});

test('help shows every spelling of a flag, by headings, and keeps to the width', async () => {
  const { out } = await run(['regenerate', '--help'], { cwd: '/' });
  expect(out).toMatch(/-C, --directory DIR/);
  expect(out).toMatch(/--io, --io-model VALUE/);
  expect(out).toMatch(/^Packs$/m);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('in a folder that was removed meanwhile there is no project', async () => {
  const { directory } = await newProject();
  const argv = `cd ${directory} && rm -r ${directory} && exec ${process.execPath} ${kBin} check`;
  const { status, stderr } = spawnSync('sh', ['-c', argv], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain(`${directory} does not exist`);
});

test.each([
  ['standard output', '| true'],
  ['both outputs', '2>&1 | true'],
])('what nobody reads any more on %s is done all the same', async (_, pipe) => {
  const project = await newProject();
  const command = `${process.execPath} ${kBin} regenerate --io poll ${pipe}`;
  spawnSync('bash', ['-c', command], { cwd: project.directory });
  expect(project.read('hpserver.json')).toContain('"io.model": "poll"');
});

test('an output without room is a failure, and no stack', async () => {
  const project = await newProject();
  const command = `${process.execPath} ${kBin} regenerate --io poll > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    cwd: project.directory,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('ENOSPC');
  expect(stderr).not.toMatch(/^ {4}at /m);
});
