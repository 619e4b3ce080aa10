import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../error.ts';
import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import { kFastFolder } from '../testing.ts';
import { type NewFile, writeProject } from './write-project.ts';

const kFiles: readonly NewFile[] = [
  { path: 'README.md', text: '# Hello\n', mode: 0o644 },
  { path: 'src/net/a.cc', text: 'int a;\n', mode: 0o644 },
  { path: 'run', text: '#!/bin/sh\n', mode: 0o755 },
];

let world = '';
beforeEach(async () => {
  world = await mkdtemp(join(kFastFolder, 'write-project-'));
});
afterEach(() => rm(world, { recursive: true, force: true }));

/** Every path below a folder, with each file's text. */
async function contents(folder: string): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(folder.length + 1)] = entry.isFile() ? await readFile(path, 'utf8') : null;
  }
  return found;
}

const kWritten = {
  'README.md': '# Hello\n',
  run: '#!/bin/sh\n',
  src: null,
  'src/net': null,
  'src/net/a.cc': 'int a;\n',
};

describe('a project is written', () => {
  test('into a new directory, together with its parents', async () => {
    await writeProject(join(world, 'sub/folder/srv'), kFiles);
    expect(await contents(join(world, 'sub/folder'))).toEqual({
      srv: null,
      ...Object.fromEntries(Object.entries(kWritten).map(([path, text]) => [`srv/${path}`, text])),
    });
  });

  test('into an empty directory, which stays the same one', async () => {
    const before = await stat(world);
    await writeProject(world, kFiles);
    expect(await contents(world)).toEqual(kWritten);
    expect((await stat(world)).ino).toBe(before.ino);
  });

  test('beside a .git', async () => {
    await mkdir(join(world, '.git'));
    await writeProject(world, kFiles);
    expect(await contents(world)).toEqual({ '.git': null, ...kWritten });
  });

  test('through a symbolic link', async () => {
    await mkdir(join(world, 'real'));
    await symlink('real', join(world, 'link'));
    await writeProject(join(world, 'link'), kFiles);
    expect(await contents(join(world, 'real'))).toEqual(kWritten);
  });

  test('to the disk before it is there, and its name afterwards (P36)', async () => {
    const calls: string[] = [];
    const system: FileSystem = {
      ...kNodeFileSystem,
      sync: async (path) => void calls.push(path.replace(/.*\/project(?:\/|$)/, '')),
      rename: async (from, to) => {
        calls.push('rename');
        await kNodeFileSystem.rename(from, to);
      },
    };
    await writeProject(join(world, 'srv'), kFiles, system);
    const at = calls.indexOf('rename');
    const paths = kFiles.map(({ path }) => path);
    expect(new Set(calls.slice(0, at))).toEqual(new Set(['', 'src', 'src/net', ...paths]));
    expect(calls.slice(at)).toEqual(['rename', world]);
  });

  test('with the modes that the umask allows', async () => {
    const umask = process.umask();
    const directory = join(world, 'srv');
    await writeProject(directory, kFiles);
    const modeOf = async (path: string) => (await stat(join(directory, path))).mode & 0o777;
    expect(await modeOf('README.md')).toBe(0o644 & ~umask);
    expect(await modeOf('run')).toBe(0o755 & ~umask);
    expect(await modeOf('.')).toBe(0o777 & ~umask);
  });
});

async function refusal(directory: string, system?: FileSystem): Promise<UserError> {
  try {
    await writeProject(directory, kFiles, system);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the project was written');
}

function failing(code: string): FileSystem {
  const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
  return { ...kNodeFileSystem, writeFile: fail };
}

describe('a project is refused, and the disk stays as it was, where', () => {
  test('the directory holds a file', async () => {
    await writeFile(join(world, 'mine.txt'), 'mine');
    const error = await refusal(world);
    expect(error.exitCode).toBe(ExitCode.usage);
    expect(error.message).toBe(`${world} is not empty: it contains mine.txt`);
    expect(await contents(world)).toEqual({ 'mine.txt': 'mine' });
  });

  test('the directory is a file', async () => {
    await writeFile(join(world, 'srv'), 'mine');
    expect((await refusal(join(world, 'srv'))).message).toMatch(/is a file, .* \(ENOTDIR\)$/);
    expect((await refusal(join(world, 'srv/sub'))).message).toMatch(/is a file, .* \(ENOTDIR\)$/);
    expect(await contents(world)).toEqual({ srv: 'mine' });
  });

  test('a name is too long for the file system', async () => {
    const error = await refusal(join(world, 'a'.repeat(300)));
    expect(error.message).toMatch(/the path is too long \(ENAMETOOLONG\)$/);
    expect(await contents(world)).toEqual({});
  });

  test('its parent may not be written to', async (context) => {
    const isRoot = process.getuid?.() === 0;
    context.skip(isRoot, 'root writes everywhere; see test/cli/bad-disk.test.ts');
    await chmod(world, 0o500);
    expect((await refusal(join(world, 'srv'))).message).toMatch(/permission denied \(EACCES\)$/);
  });

  test.each([
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'your disk quota is used up'],
    ['EIO', 'the disk reports an input/output error'],
  ])('the system answers %s', async (code, cause) => {
    const directory = join(world, 'sub/srv');
    const error = await refusal(directory, failing(code));
    expect(error.message).toBe(`cannot use ${directory}: ${cause} (${code})`);
    expect(error.exitCode).toBe(ExitCode.failure);
    expect(error.issues[0]?.fix).not.toBe('');
    expect(await contents(world)).toEqual({});
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s comes meanwhile', async (signal) => {
    const interrupted: FileSystem = {
      ...kNodeFileSystem,
      writeFile: async (path, text, mode) => {
        process.emit(signal);
        await kNodeFileSystem.writeFile(path, text, mode);
      },
    };
    const error = await refusal(join(world, 'srv'), interrupted);
    expect(error.exitCode).toBe(ExitCode.cancelled);
    expect(await contents(world)).toEqual({});
    expect(process.listenerCount(signal)).toBe(0);
  });

  test('another one takes the place meanwhile', async () => {
    const directory = join(world, 'srv');
    const overtaken: FileSystem = {
      ...kNodeFileSystem,
      rename: async (from, to) => {
        await mkdir(directory);
        await writeFile(join(directory, 'theirs'), '');
        await kNodeFileSystem.rename(from, to);
      },
    };
    expect((await refusal(directory, overtaken)).message).toMatch(/appeared there in the meantime/);
    expect(await contents(world)).toEqual({ srv: null, 'srv/theirs': '' });
  });
});

test('a bug is not dressed up as the fault of the disk', async () => {
  const broken: FileSystem = {
    ...kNodeFileSystem,
    writeFile: () => Promise.reject(new TypeError('x is not a function')),
  };
  await expect(writeProject(join(world, 'srv'), kFiles, broken)).rejects.toThrow(TypeError);
});

/**
 * Makes the nth call that changes the disk fail; a write leaves its file behind, as on a full disk.
 */
function failingAt(nth: number): FileSystem {
  let calls = 0;
  const fault = Object.assign(new Error('injected'), { code: 'ENOSPC' });
  const failOnce = async () => {
    calls++;
    if (calls === nth) throw fault;
  };
  return {
    ...kNodeFileSystem,
    makeFolder: (path) => failOnce().then(() => kNodeFileSystem.makeFolder(path)),
    rename: (from, to) => failOnce().then(() => kNodeFileSystem.rename(from, to)),
    writeFile: (path, text, mode) =>
      kNodeFileSystem.writeFile(path, text, mode).finally(() => failOnce()),
  };
}

test('wherever a call fails, there is the whole project or nothing', async () => {
  const failure = fc.record({ nth: fc.integer({ min: 1, max: 14 }), exists: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(failure, async ({ nth, exists }) => {
      const place = await mkdtemp(join(world, 'run-'));
      const directory = exists ? place : join(place, 'srv');
      const outcome = await writeProject(directory, kFiles, failingAt(nth)).then(
        () => 'written',
        () => 'failed',
      );
      const left = await contents(outcome === 'written' ? directory : place);
      expect(left).toEqual(outcome === 'written' ? kWritten : {});
    }),
    { numRuns: 60 },
  );
});
