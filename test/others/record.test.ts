/** Records that come with a clone, or from another version of the tool. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { originOf } from '../../src/disk/transaction/journal.ts';
import { sha256 } from '../../src/tree/hash.ts';
import { newProject, projectIn } from '../project/project.ts';

describe('a path out of the project in a cloned record (P35)', () => {
  test.each([
    ['"path": "src/main.cc"', '"path": "src/main.cc", "movedTo": "../secret.txt"'],
    ['"path": "src/main.cc"', '"path": "../secret.txt"'],
    ['"path": "src/main.cc"', '"path": "/etc/passwd"'],
    ['"path": "src/main.cc"', '"path": ".git/hooks/post-checkout"'],
    ['"path": "src/main.cc"', '"path": "src/main.cc", "movedTo": ".hpserver/state.json"'],
  ])('is told, and not looked at: %s → %s', async (old, next) => {
    const project = await newProject();
    writeFileSync(join(dirname(project.directory), 'secret.txt'), 'TOP SECRET\n');
    project.edit('.hpserver/state.json', (text) => text.replace(old, next));
    for (const args of [['diff', '--mine'], ['status'], ['check'], ['diff']]) {
      const { out, err } = await project.command(...args);
      expect(out + err).not.toMatch(/SECRET|root:x/);
      expect(err).toContain('the record of what was written is unusable');
    }
  });
});

describe('two versions of the tool (P30)', () => {
  test('an older one leaves the record of a newer one alone, and names it', async () => {
    const project = await newProject();
    project.edit('.hpserver/state.json', (text) =>
      text.replace(/"tool": "[^"]+"/, '"tool": "9.9.9"'),
    );
    const before = project.bytes();
    for (const word of ['status', 'check', 'diff', 'regenerate']) {
      const { status, err } = await project.command(word);
      expect(status).toBe(1);
      expect(err).toContain('a newer version');
      expect(err).toContain('npm create hpserver@9.9.9');
    }
    expect(project.bytes()).toEqual(before);
  });

  test('or a wish of a newer format', async () => {
    const project = await newProject();
    project.edit('hpserver.json', (text) => text.replace(/"version": \d+/, '"version": 99'));
    const before = project.bytes();
    const { status, err } = await project.command('regenerate');
    expect(status).toBe(2);
    expect(err).toContain('npm create hpserver@latest');
    expect(project.bytes()).toEqual(before);
  });

  test.each(['txn', 'undo'])('or a journal of a newer format: %s', async (folder) => {
    const project = await newProject();
    const journal = { version: 9, tool: '9.9.9', title: 'x', steps: [] };
    mkdirSync(join(project.directory, '.hpserver', folder));
    const path = `.hpserver/${folder}/journal.committed`;
    project.write(path, JSON.stringify(journal));
    const { status, err } = await project.command('undo');
    expect(status).toBe(1);
    expect(err).toContain('a newer version');
    expect(err).toContain('npm create hpserver@9.9.9');
    expect(err).not.toContain('remove');
  });

  test('a newer one reads the wish and the record of an older one', async () => {
    const project = await newProject();
    project.edit('.hpserver/state.json', (text) =>
      text.replace(/"version": 2/, '"version": 1').replace(/"tool": "[^"]+"/, '"tool": "0.1.0"'),
    );
    project.edit('hpserver.json', (text) => text.replace(/"version": 2/, '"version": 1'));
    const { status } = await project.command('regenerate', '--io', 'poll');
    expect(status).toBe(0);
    expect(project.read('src/main.cc')).toContain('PollPoller');
    expect(await project.command('check')).toMatchObject({ status: 0 });
  });
});

/** A project whose update was killed after it had committed. */
async function interrupted() {
  const project = await newProject();
  await project.command('regenerate', '--io', 'poll', '--yes');
  const { directory } = project;
  rmSync(join(directory, '.hpserver/txn'), { recursive: true, force: true });
  const path = '.hpserver/txn/journal.committed';
  mkdirSync(join(directory, '.hpserver/txn/new'), { recursive: true });
  project.write('.hpserver/txn/new/0', 'new\n');
  const entry = { path: 'notes.txt', old: null, next: sha256('new\n'), mount: null };
  const journal = { version: 2, tool: '0.3.0', title: 'notes', when: '', entries: [entry] };
  project.write(path, JSON.stringify({ ...journal, origin: originOf(directory) }));
  return project;
}

const kLooks = [
  ['status'],
  ['check'],
  ['diff'],
  ['explain', 'io.model'],
  ['regenerate', '--dry-run'],
  ['add', 'route', 'items', '--dry-run'],
  ['undo', '--dry-run'],
  ['regenerate', '--help'],
  ['options'],
];

describe('an update that was interrupted (P12)', () => {
  test.each(kLooks)(
    'is told by a look, and neither completed nor taken back: %s',
    async (...args) => {
      const project = await interrupted();
      const before = project.bytes();
      const { status, err } = await project.command(...args);
      expect(status).not.toBe(1);
      expect(project.bytes()).toEqual(before);
      const reads = !/explain|options/.test(args[0] ?? '') && !args.includes('--help');
      if (reads) expect(err).toContain('an update was interrupted (notes)');
    },
  );

  test('is completed by the next that writes', async () => {
    const project = await interrupted();
    expect((await project.command('regenerate')).err).toContain('was completed');
    expect(project.read('notes.txt')).toBe('new\n');
  });

  test('and came with a clone is not carried out', async () => {
    const project = await interrupted();
    const clone = projectIn(join(dirname(project.directory), 'clone'));
    cpSync(project.directory, clone.directory, { recursive: true });
    const before = clone.bytes();
    expect((await clone.command('status')).err).toMatch(
      /interrupted in another copy of this\s+project/,
    );
    for (const args of [['regenerate'], ['undo'], ['add', 'route', 'items']]) {
      const { status, err } = await clone.command(...args);
      expect(status).toBe(1);
      expect(err).toContain('then remove .hpserver/txn');
    }
    expect(clone.bytes()).toEqual(before);
    rmSync(join(clone.directory, '.hpserver/txn'), { recursive: true });
    expect(await clone.command('regenerate')).toMatchObject({ status: 0 });
  });

  test('by an older version, which did not say where, is not carried out either (P30)', async () => {
    const project = await interrupted();
    project.edit('.hpserver/txn/journal.committed', (text) =>
      text.replace('"version":2', '"version":1').replace(/,"origin":"\w+"/, ''),
    );
    const { status, err } = await project.command('regenerate');
    expect(status).toBe(1);
    expect(err).toContain('interrupted by an older version');
  });

  test('the record of the last update of an older version can be undone (P30)', async () => {
    const project = await newProject();
    const before = project.bytes();
    await project.command('regenerate', '--io', 'poll', '--yes');
    project.edit('.hpserver/undo/journal.committed', (text) =>
      text.replace('"version": 2', '"version": 1').replace(/ *"(?:origin|tool)": .*\n/g, ''),
    );
    expect(await project.command('undo')).toMatchObject({ status: 0 });
    expect(project.bytes()).toEqual(before);
  });
});

test('git does not take what belongs to one machine (P12)', async () => {
  const project = await interrupted();
  await project.command('regenerate');
  mkdirSync(join(project.directory, '.hpserver/txn'));
  project.write('.hpserver/txn/a', '');
  execFileSync('git', ['init', '-q'], { cwd: project.directory });
  const listed = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '.hpserver'], {
    cwd: project.directory,
    encoding: 'utf8',
  });
  expect(listed).not.toMatch(/txn|undo|lock/);
  expect(listed).toContain('.hpserver/state.json');
});
