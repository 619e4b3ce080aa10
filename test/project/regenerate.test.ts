/** `regenerate` as users experience it: answers change, edits stay, and all of it can be undone. */

import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/tree/hash.ts';
import { textOfBase } from '../../src/tree/manifest.ts';
import { changedPaths, newProject, reportOf } from './project.ts';

test('an unchanged project is not touched by a single byte', async () => {
  const project = await newProject();
  const before = project.bytes();
  const { status, err } = await project.command('regenerate', '--yes');
  expect(status).toBe(0);
  expect(err).toContain('Already up to date.');
  expect(project.bytes()).toEqual(before);
});

test('there and back again every byte is as it was', async () => {
  const project = await newProject();
  const before = project.bytes();
  await project.command('regenerate', '--io', 'io_uring', '--concurrency', 'sharded');
  expect(project.bytes()).not.toEqual(before);
  const back = ['--io', 'epoll', '--event', 'reactor', '--concurrency', 'half-sync-half-async'];
  expect(await project.command('regenerate', ...back)).toMatchObject({ status: 0 });
  expect(project.bytes()).toEqual(before);
});

test('what depends on a changed answer follows it, and is told', async () => {
  const project = await newProject();
  const report = reportOf(await project.command('regenerate', '--io', 'io_uring', '--json'));
  expect(report.differences).toContain('io.model: epoll → io_uring');
  expect(report.differences).toContain('event.pattern: reactor → proactor');
  expect(report.differences).toContain('io.trigger: edge → –');
});

test('only files whose reasons name a changed answer are written', async () => {
  const project = await newProject();
  const report = reportOf(await project.command('regenerate', '--workers', '3', '--json'));
  const written = report.files.filter(({ action }) => action === 'update');
  expect(written.map(({ path }) => path)).toContain('config/server.toml');
  for (const { path, because } of written) expect(because, path).toContain('workers.size');
});

test('an edited hpserver.json is a wish like any other', async () => {
  const project = await newProject();
  project.edit('hpserver.json', (text) => text.replace('"epoll"', '"poll"'));
  const drift = await project.command('check');
  expect(drift.status).toBe(4);
  expect(drift.out).toContain('io.model: epoll → poll');
  expect(await project.command('regenerate')).toMatchObject({ status: 0 });
  expect(project.read('src/main.cc')).toContain('PollPoller');
  expect(await project.command('check')).toMatchObject({ status: 0 });
});

test('answers that cannot be are refused, and nothing is written', async () => {
  const project = await newProject();
  const before = project.bytes();
  const { status, err } = await project.command('regenerate', '--io', 'epol');
  expect(status).toBe(2);
  expect(err).toContain('Did you mean --io-model epoll?');
  expect(project.bytes()).toEqual(before);
});

test('a dry run says what would happen, and writes nothing', async () => {
  const project = await newProject();
  const before = project.bytes();
  const { status, out } = await project.command('regenerate', '--io', 'poll', '--dry-run');
  expect(status).toBe(0);
  expect(out).toMatch(/new +core\/hpserver\/poller\/poll_poller\.h/);
  expect(out).toMatch(/deleted +core\/hpserver\/poller\/epoll_poller\.h/);
  expect(out).toContain('Nothing was written.');
  expect(project.bytes()).toEqual(before);
});

describe('edits', () => {
  test('beside what changes are merged', async () => {
    const project = await newProject();
    project.edit('src/main.cc', (text) => `${text}\n// mine, at the end\n`);
    const { status } = await project.command('regenerate', '--io', 'poll');
    expect(status).toBe(0);
    expect(project.read('src/main.cc')).toContain('// mine, at the end');
    expect(project.read('src/main.cc')).toContain('PollPoller');
  });

  test('keep their line endings and permissions', async () => {
    const project = await newProject();
    project.edit('src/main.cc', (text) => text.replaceAll('\n', '\r\n'));
    chmodSync(join(project.directory, 'src/main.cc'), 0o600);
    expect(await project.command('regenerate', '--io', 'poll')).toMatchObject({ status: 0 });
    const text = project.read('src/main.cc');
    expect(text).toContain('PollPoller');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(project.bytes().get('src/main.cc')).toMatch(/^600 /);
  });

  test('in a file that moved with its user are updated where it is', async () => {
    const project = await newProject();
    mkdirSync(join(project.directory, 'source'));
    renameSync(
      join(project.directory, 'src/main.cc'),
      join(project.directory, 'source/my_main.cc'),
    );
    project.edit('source/my_main.cc', (text) => `// moved\n${text}`);
    expect(await project.command('regenerate', '--io', 'poll')).toMatchObject({ status: 0 });
    expect(project.read('source/my_main.cc')).toMatch(/^\/\/ moved\n[\s\S]*PollPoller/);
    expect(project.bytes().has('src/main.cc')).toBe(false);
  });

  test('of a file that is no longer needed keep it, and it is told', async () => {
    const project = await newProject();
    const path = 'core/hpserver/poller/epoll_poller.cc';
    project.edit(path, (text) => `// mine\n${text}`);
    const before = project.read(path);
    const report = reportOf(await project.command('regenerate', '--io', 'poll', '--json'));
    expect(report.files.find((file) => file.path === path)).toMatchObject({ action: 'keep' });
    expect(project.read(path)).toBe(before);
    const back = await project.command('regenerate', '--io', 'epoll');
    expect(back.status).toBe(0);
    expect(project.read(path)).toBe(before);
  });
});

describe('a deleted file', () => {
  test('stays deleted, and can be brought back', async () => {
    const project = await newProject();
    rmSync(join(project.directory, 'README.md'));
    expect(await project.command('regenerate', '--io', 'poll')).toMatchObject({ status: 0 });
    expect(project.bytes().has('README.md')).toBe(false);
    expect(await project.command('regenerate', '--restore', 'README.md')).toMatchObject({
      status: 0,
    });
    expect(project.read('README.md')).toContain('poll');
  });

  test('that never was one is refused', async () => {
    const project = await newProject();
    const { status, err } = await project.command('regenerate', '--restore', 'READM.md');
    expect(status).toBe(2);
    expect(err).toContain('READM.md is not a file of this project');
  });
});

describe('a conflict', () => {
  async function conflicting() {
    const project = await newProject();
    project.edit('src/main.cc', (text) => text.replaceAll('EpollPoller', 'MyPoller'));
    return { project, before: project.bytes() };
  }

  test('ends the run without a terminal, and nothing is written', async () => {
    const { project, before } = await conflicting();
    const { status, err } = await project.command('regenerate', '--io', 'poll');
    expect(status).toBe(3);
    expect(err).toContain('src/main.cc');
    expect(err).toContain('nothing was written');
    expect(project.bytes()).toEqual(before);
  });

  test.each([
    ['keep', /MyPoller/, /PollPoller/],
    ['take', /PollPoller/, /MyPoller/],
  ])('%s', async (word, there, gone) => {
    const { project } = await conflicting();
    const run = await project.command('regenerate', '--io', 'poll', '--on-conflict', word);
    expect(run.status).toBe(0);
    expect(project.read('src/main.cc')).toMatch(there);
    expect(project.read('src/main.cc').replaceAll('MyPoller', '')).not.toMatch(
      word === 'keep' ? gone : /Epoll/,
    );
    // Whatever was decided about the conflicts, the user isn't asked again.
    expect(await project.command('check')).toMatchObject({ status: 0 });
  });

  test('markers show both, and count as a conflict until they are gone (P7)', async () => {
    const { project } = await conflicting();
    const marked = await project.command('regenerate', '--io', 'poll', '--on-conflict', 'markers');
    expect(marked.status).toBe(3);
    expect(marked.err).toContain('1 conflict, marked');
    expect(marked.err).toMatch(
      /Conflict markers left in\n +src\/main\.cc\n +Edit these files until/,
    );
    expect(project.read('src/main.cc')).toMatch(
      /<{7} yours\n[\s\S]*MyPoller[\s\S]*={7}[\s\S]*PollPoller/,
    );
    const { status, out } = await project.command('status');
    expect(status).toBe(3);
    expect(out).toMatch(/conflict +src\/main\.cc/);
    for (const command of [['check'], ['regenerate', '--yes'], ['regenerate', '--dry-run']]) {
      const again = await project.command(...command);
      expect(again.status, command.join(' ')).toBe(3);
    }
    // As long as some of the markers remain, it is still a conflict.
    project.edit('src/main.cc', (text) => text.replaceAll(/^[<|=]{7}.*\n/gm, ''));
    expect(await project.command('check')).toMatchObject({ status: 3 });
    project.edit('src/main.cc', (text) => text.replaceAll(/^>{7}.*\n/gm, ''));
    for (const command of ['check', 'status', 'regenerate']) {
      expect(await project.command(command), command).toMatchObject({ status: 0 });
    }
  });
});

test('the user says who owns a file', async () => {
  const project = await newProject();
  project.edit('hpserver.json', (text) =>
    text.replace('"version"', '"owners": { "src/*.cc": "user" },\n  "version"'),
  );
  const before = project.read('src/main.cc');
  expect(await project.command('regenerate', '--io', 'poll')).toMatchObject({ status: 0 });
  expect(project.read('src/main.cc')).toBe(before);
});

test.each(['*.json', 'hpserver.json', '**'])(
  'the wish is written, whoever owns %s (P24)',
  async (glob) => {
    const project = await newProject();
    project.edit('hpserver.json', (text) =>
      text.replace('"version"', `"owners": { "${glob}": "user" },\n  "version"`),
    );
    expect(await project.command('add', 'route', 'foo')).toMatchObject({ status: 0 });
    expect(project.read('hpserver.json')).toContain('"foo"');
    expect(await project.command('regenerate', '--yes')).toMatchObject({ status: 0 });
    expect(project.bytes().has('src/handlers/foo.cc')).toBe(true);
    expect(await project.command('check')).toMatchObject({ status: 0 });
  },
);

test('a link in the place of a file is not followed', async () => {
  const project = await newProject();
  const elsewhere = await newProject();
  rmSync(join(project.directory, 'src/main.cc'));
  symlinkSync(join(elsewhere.directory, 'src/main.cc'), join(project.directory, 'src/main.cc'));
  const { status } = await project.command('regenerate', '--io', 'poll', '--on-conflict', 'take');
  expect(status).toBe(3);
  expect(elsewhere.read('src/main.cc')).toContain('EpollPoller');
});

test('the report and the way back name an upgrade', async () => {
  const project = await newProject();
  project.edit('.hpserver/state.json', (text) =>
    text.replace(/"tool": "[^"]+"/, '"tool": "0.2.0"'),
  );
  const { out } = await project.command('regenerate', '--io', 'poll');
  expect(out).toMatch(/create-hpserver: 0\.2\.0 → \d/);
  expect((await project.command('undo', '--dry-run')).out).toMatch(/create-hpserver: 0\.2\.0 → \d/);
});

test('a project of version 1 is brought up to date', async () => {
  const project = await newProject();
  const present = project.read('hpserver.json');
  const { values } = JSON.parse(present) as { values: object };
  const old = `${JSON.stringify({ version: 1, values }, null, 2)}\n`;
  project.write('hpserver.json', old);
  // Older versions store their bases unprefixed.
  for (const hash of readdirSync(join(project.directory, '.hpserver/base'))) {
    project.edit(`.hpserver/base/${hash}`, (text) => textOfBase(hash, text) ?? '');
  }
  project.write(`.hpserver/base/${sha256(old)}`, old);
  project.edit('.hpserver/state.json', (text) =>
    text.replace(sha256(present), sha256(old)).replace('"version": 3', '"version": 1'),
  );
  expect(await project.command('check')).toMatchObject({
    status: 4,
    err: expect.not.stringMatching('lost'),
  });
  expect(await project.command('regenerate')).toMatchObject({ status: 0 });
  expect(project.read('hpserver.json')).toBe(present);
  expect(project.bytes()).toEqual((await newProject()).bytes());
});

test.each([
  [
    'no project',
    (directory: string) => {
      rmSync(join(directory, '.hpserver'), { recursive: true });
      rmSync(join(directory, 'hpserver.json'));
    },
    2,
  ],
  ['no wish', (directory: string) => rmSync(join(directory, 'hpserver.json')), 2],
])('%s is told with the way out', async (_, damage, code) => {
  const project = await newProject();
  damage(project.directory);
  const { status, err } = await project.command('regenerate');
  expect(status).toBe(code);
  expect(err).toMatch(/fix: \S/);
});

test('undo takes the last update back, byte for byte, and itself too', async () => {
  const project = await newProject('typescript');
  const before = project.bytes();
  await project.command('regenerate', '--io', 'io_uring');
  const after = project.bytes();
  const plan = await project.command('undo', '--dry-run');
  expect(plan.out).toContain('io.model: epoll → io_uring');
  expect(project.bytes()).toEqual(after);
  expect(await project.command('undo')).toMatchObject({ status: 0 });
  expect(changedPaths(before, project.bytes())).toEqual([]);
  expect(await project.command('undo')).toMatchObject({ status: 0 });
  expect(changedPaths(after, project.bytes())).toEqual([]);
});

test('undo does not take an edit with it that came later', async () => {
  const project = await newProject();
  await project.command('regenerate', '--io', 'poll');
  project.edit('src/main.cc', (text) => `${text}// later\n`);
  const refused = await project.command('undo');
  expect(refused.status).toBe(3);
  expect(refused.err).toContain('src/main.cc was edited after the update');
  expect(await project.command('undo', '--edited', 'keep')).toMatchObject({ status: 0 });
  expect(project.read('src/main.cc')).toContain('// later');
  expect(project.read('README.md')).toContain('epoll');
});
