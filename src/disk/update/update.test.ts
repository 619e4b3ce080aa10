import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../error.ts';
import type { FileSystem } from '../file-system.ts';
import { refusedAt, watched } from '../transaction/testing/faults.ts';
import { kQuick, planted } from '../transaction/testing/kills.ts';
import {
  file,
  harvest,
  kAllChanged,
  kOld,
  kScenarios,
  type TestTree,
  updateBetween,
} from '../transaction/testing/trees.ts';
import { worldOfEachTest } from '../transaction/testing/world.ts';
import { recover } from './recover.ts';
import { undo, undoPlan } from './undo.ts';
import { type Update, updateProject } from './update.ts';

const world = worldOfEachTest('update');

function onlyWrite(path: string, expected: string | null = null): Update {
  const writes = [{ path, text: 'new\n', mode: 0o644 as const }];
  return { title: 'test', writes, removals: [], expected: new Map([[path, expected]]) };
}

async function refusal(directory: string, update: Update, system?: FileSystem): Promise<UserError> {
  try {
    await updateProject(directory, update, system);
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('the project was updated');
}

describe('an update', () => {
  test.each(kScenarios)('that %s makes the new tree, and nothing else', async (_, next) => {
    const directory = planted(world.path, kOld);
    await updateProject(directory, updateBetween(kOld, next));
    expect(harvest(directory)).toEqual(harvest(planted(world.path, next)));
  });

  test('of nothing writes nothing, and keeps the last undo record', async () => {
    const directory = planted(world.path, kOld);
    await updateProject(directory, updateBetween(kOld, kAllChanged), kQuick);
    let calls = 0;
    const counting = watched(() => calls++);
    const same = updateBetween({}, kAllChanged);
    const expected = updateBetween(kAllChanged, {}).expected;
    const outcome = await updateProject(directory, { ...same, expected }, counting);
    expect([outcome, calls]).toEqual([{ files: 0, aside: [] }, 0]);
    expect(await undoPlan(directory)).toMatchObject({ title: 'io.model: epoll → io_uring' });
  });

  test('forces every file and its folder to the disk before it counts', async () => {
    const directory = planted(world.path, kOld);
    const calls: string[] = [];
    const system = watched((_, name) => calls.push(name));
    await updateProject(directory, updateBetween(kOld, kAllChanged), system);
    const commit = calls.indexOf('rename');
    const syncs = calls.slice(0, commit).filter((name) => name === 'sync');
    const written = calls.slice(0, commit).filter((name) => name === 'writeFile');
    // Besides the files: new/, old/ and, with the journal and after it, txn/; .hpserver/.
    expect(syncs.length).toBe(written.length + 5);
  });

  test('goes on past the end of a run that was killed', async () => {
    const directory = planted(world.path, kOld);
    mkdirSync(join(directory, '.hpserver/txn'));
    await updateProject(directory, updateBetween(kOld, kAllChanged));
    expect(harvest(directory)).toEqual(harvest(planted(world.path, kAllChanged)));
  });
});

describe('the mode of a file', () => {
  const kModes = [
    ['a new one has what the umask leaves', null, 0o755, undefined, 0o755 & ~process.umask()],
    ['an edited one keeps what its user set', 0o4751, 0o644, 0o644, 0o4751],
    ['one that becomes executable is so for those who read', 0o640, 0o755, 0o644, 0o750],
    ['one that was executable is so no longer', 0o770, 0o644, 0o755, 0o660],
    ['without the former mode execution follows the new one', 0o600, 0o755, undefined, 0o700],
  ] as const;
  test.each(kModes)('%s', async (_, present, mode, formerMode, result) => {
    const directory = planted(world.path, present === null ? {} : { run: file('old', present) });
    const update = updateBetween(present === null ? {} : { run: file('old') }, {
      run: file('new'),
    });
    const former = formerMode === undefined ? {} : { formerMode };
    const writes = update.writes.map((write) => ({ ...write, mode, ...former }));
    await updateProject(directory, { ...update, writes });
    expect(statSync(join(directory, 'run')).mode & 0o7777).toBe(result);
    if (present === null) return;
    await undo(directory, { edited: 'refuse' });
    expect(statSync(join(directory, 'run')).mode & 0o7777).toBe(present);
  });
});

describe('nothing is written, and conflicts are told, where', () => {
  test('a touched file has changed meanwhile', async () => {
    const directory = planted(world.path, { ...kOld, 'README.md': file('# Mine\n') });
    const before = harvest(directory);
    const error = await refusal(directory, updateBetween(kOld, kAllChanged));
    expect(error.exitCode).toBe(ExitCode.conflicts);
    expect(error.issues.map(({ at }) => at)).toEqual(['README.md']);
    expect(error.message).toBe('README.md changed in the meantime');
    expect(harvest(directory)).toEqual(before);
  });

  test('one appeared, one went', async () => {
    const { docs: _, ...rest } = kOld;
    const directory = planted(world.path, { ...rest, '.hpserver/base/0123': file('') });
    const error = await refusal(directory, updateBetween(kOld, kAllChanged));
    expect(error.issues.map(({ at }) => at)).toEqual(['.hpserver/base/0123', 'docs']);
  });

  test('one changes while the update is staged', async () => {
    const directory = planted(world.path, kOld);
    const edited = watched((_, name) => {
      if (name === 'writeFile') writeFileSync(join(directory, 'README.md'), '# Mine\n');
    });
    const error = await refusal(directory, updateBetween(kOld, kAllChanged), edited);
    expect(error.exitCode).toBe(ExitCode.conflicts);
    expect(harvest(directory)).toEqual({
      ...harvest(planted(world.path, kOld)),
      'README.md': '644 # Mine\n',
    });
    expect(existsSync(join(directory, '.hpserver/txn'))).toBe(false);
  });

  test.each([
    ['a symbolic link stands there', 'link', /^link is a symbolic link, a device, or too large$/],
    ['a folder with a file stands there', 'src', /^src is a folder that contains src\//],
    [
      'a file stands where a folder is needed',
      'docs/a.md',
      /^docs is not a folder, but docs\/a.md/,
    ],
  ])('%s', async (_, path, message) => {
    const directory = planted(world.path, kOld);
    symlinkSync('README.md', join(directory, 'link'));
    const before = harvest(directory);
    const error = await refusal(directory, onlyWrite(path));
    expect(error.message).toMatch(message);
    expect(error.exitCode).toBe(ExitCode.conflicts);
    expect(harvest(directory)).toEqual(before);
  });
});

describe('a path is refused that', () => {
  const kLinks = { out: '..', hooks: '.git/hooks', nowhere: 'missing', circle: 'circle' };
  test.each([
    ['is absolute', '/etc/passwd', '/etc/passwd'],
    ['climbs', 'src/../../outside', 'src/../../outside'],
    ['enters .git', '.git/hooks/post-checkout', '.git/hooks/post-checkout'],
    ['enters .git in capitals', '.GIT/config', '.GIT/config'],
    ['is the transaction’s own', '.hpserver/txn/x', '.hpserver/txn/x'],
    ['is the undo record’s', '.hpserver/undo/x', '.hpserver/undo/x'],
    ['is the lock', '.hpserver/lock', '.hpserver/lock'],
    ['lies behind a link out of the project', 'out/file', 'out'],
    ['lies behind a link into .git', 'hooks/post-checkout', 'hooks'],
    ['lies behind a link to nowhere', 'nowhere/file', 'nowhere'],
    ['lies behind a link to itself', 'circle/file', 'circle'],
  ])('%s', async (_, path, at) => {
    const directory = planted(world.path, { ...kOld, '.git/hooks/x': file('') });
    for (const [name, to] of Object.entries(kLinks)) symlinkSync(to, join(directory, name));
    const error = await refusal(directory, onlyWrite(path));
    expect(error.exitCode).toBe(ExitCode.failure);
    expect(error.issues[0]?.at).toBe(at);
    expect(existsSync(join(directory, '.hpserver/txn'))).toBe(false);
  });

  test('needs a state folder that leads out of the project', async () => {
    const directory = planted(world.path, { a: file('a\n') });
    mkdirSync(join(world.path, 'outside/txn'), { recursive: true });
    symlinkSync('../outside', join(directory, '.hpserver'));
    const error = await refusal(directory, onlyWrite('b'));
    expect(error.message).toBe('.hpserver is a symbolic link that leads out of the project');
    expect(existsSync(join(world.path, 'outside/txn'))).toBe(true);
  });

  test('a link makes the same as another one', async () => {
    const directory = planted(world.path, kOld);
    symlinkSync('src', join(directory, 'source'));
    const [one, other] = [onlyWrite('src/x.ts'), onlyWrite('source/x.ts')];
    const writes = [...one.writes, ...other.writes];
    const expected = new Map([...one.expected, ...other.expected]);
    const error = await refusal(directory, { ...one, writes, expected });
    expect(error.message).toBe('source/x.ts is the same file as src/x.ts, through a symbolic link');
  });

  test('but a link to another folder of the project is followed', async () => {
    const directory = planted(world.path, kOld);
    symlinkSync('src', join(directory, 'source'));
    await updateProject(directory, onlyWrite('source/x.ts'));
    expect(readFileSync(join(directory, 'src/x.ts'), 'utf8')).toBe('new\n');
  });
});

test('what nobody expects anything of is replaced, and comes back by undo', async () => {
  const directory = planted(world.path, { a: file(Buffer.from([0, 255])) });
  const before = harvest(directory);
  await updateProject(directory, { ...onlyWrite('a'), expected: new Map() });
  expect(harvest(directory)).toEqual({ a: '644 new\n' });
  await undo(directory, { edited: 'refuse' });
  expect(harvest(directory)).toEqual(before);
});

test('an update that contradicts itself is a bug', async () => {
  const directory = planted(world.path, kOld);
  const twice = { ...onlyWrite('a'), removals: ['a'] };
  await expect(updateProject(directory, twice)).rejects.toThrow('names a path twice');
});

describe('a disk that refuses any one of the calls leaves the old tree', () => {
  test.each(['ENOSPC', 'EBUSY'])('with %s', async (code) => {
    const before = harvest(planted(world.path, kOld));
    for (let nth = 1; ; nth++) {
      const directory = planted(world.path, kOld);
      const system = refusedAt(nth, code, 'once');
      const error = await updateProject(directory, updateBetween(kOld, kAllChanged), system).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error === null) break;
      expect(error).toMatchObject({ name: 'UserError', exitCode: ExitCode.failure });
      expect(String(error)).toContain(`(${code})`);
      expect(harvest(directory)).toEqual(before);
    }
  });

  test('or, if it refuses everything from then on, the next start leads there or to the new one', async () => {
    const [before, after] = [kOld, kAllChanged].map((tree) => harvest(planted(world.path, tree)));
    const halfway: string[] = [];
    for (let nth = 1; ; nth++) {
      const directory = planted(world.path, kOld);
      const system = refusedAt(nth, 'EIO', 'always');
      const error = await updateProject(directory, updateBetween(kOld, kAllChanged), system).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error === null) break;
      if (error instanceof UserError && error.issues.length > 1) halfway.push(error.message);
      const { kind } = await recover(directory, kQuick);
      expect(harvest(directory)).toEqual(kind === 'completed' ? after : before);
    }
    expect(halfway[0]).toContain('they cannot be rolled back either');
  });
});

test('where a file cannot be moved between file systems, it is copied', async () => {
  const directory = planted(world.path, kOld);
  const bindMount: FileSystem = {
    ...kQuick,
    rename: async (from, to) => {
      const crosses = from.includes('/txn/new/') && to.includes('/src/');
      if (crosses) throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' });
      await kQuick.rename(from, to);
    },
  };
  await updateProject(directory, updateBetween(kOld, kAllChanged), bindMount);
  expect(harvest(directory)).toEqual(harvest(planted(world.path, kAllChanged)));
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('before the commit leaves the old tree, after it the new one', async () => {
    const trees: readonly TestTree[] = [kOld, kAllChanged];
    const [before, after] = trees.map((tree) => harvest(planted(world.path, tree)));
    const codes = new Set<unknown>();
    let calls = 1;
    for (let nth = 1; nth <= calls; nth++) {
      const directory = planted(world.path, kOld);
      const system = watched((call) => {
        calls = Math.max(calls, call);
        if (call === nth) process.emit(signal);
      });
      const code = await updateProject(directory, updateBetween(kOld, kAllChanged), system).then(
        () => 0,
        (thrown: unknown) => (thrown instanceof UserError ? thrown.exitCode : thrown),
      );
      codes.add(code);
      expect(harvest(directory)).toEqual(code === 0 ? after : before);
      expect(process.listenerCount(signal)).toBe(0);
    }
    expect([...codes]).toEqual([ExitCode.cancelled, ExitCode.done]);
  });
});

test('a folder that may not be written to is told', async (context) => {
  const isRoot = process.getuid?.() === 0;
  context.skip(isRoot, 'root writes everywhere; see test/transaction/bad-disk.test.ts');
  const directory = planted(world.path, kOld);
  chmodSync(join(directory, 'src'), 0o555);
  const before = harvest(directory);
  const error = await refusal(directory, updateBetween(kOld, kAllChanged));
  expect(error.message).toMatch(/permission denied \(EACCES\)/);
  expect(harvest(directory)).toEqual(before);
  chmodSync(join(directory, 'src'), 0o755);
});
