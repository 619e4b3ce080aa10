/** Disks that refuse: read-only, full, closed. Each attempt leaves the disk unchanged. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, kBin, type Run, treeOf } from './program.ts';

const kCreate = [process.execPath, kBin, 'app', '--yes', '--language', 'cpp', '--no-build'];
const isRoot = process.getuid?.() === 0;
const kNamespace = ['unshare', '--mount', ...(isRoot ? [] : ['--map-root-user'])];

const root = emptyFolder();

function execute([program = '', ...args]: readonly string[], cwd: string): Run {
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

/** Runs on a temporary file system; the output ends with the files on it. */
function onDisk(options: string): Run {
  const script = `mount -t tmpfs -o ${options} none . && cd "$PWD" && "$@"
    status=$?; find . -mindepth 1; exit $status`;
  const cwd = mkdtempSync(join(root, 'disk-'));
  return execute([...kNamespace, 'sh', '-c', script, 'sh', ...kCreate], cwd);
}

/** For users who may not mount anything: makes the system call itself fail. */
function withFault(fault: string): Run {
  const cwd = mkdtempSync(join(root, 'fault-'));
  const strace = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`];
  const run = execute([...strace, ...kCreate], cwd);
  return { ...run, out: run.out + treeOf(cwd).join('\n') };
}

const mayMount = execute([...kNamespace, 'mount', '-t', 'tmpfs', 'none', root], root).status === 0;

test.each([
  ['is read-only', 'size=1m,ro', 'mkdir:error=EROFS', /read-only \(EROFS\)/],
  ['is full', 'size=64k', 'rename:error=ENOSPC', /the disk is full \(ENOSPC\)/],
])('a disk that %s is told with its way out, exit 1, and left as it was', (_, ...row) => {
  const [mount, fault, message] = row;
  const { status, out, err } = mayMount ? onDisk(mount) : withFault(fault);
  expect(err).toMatch(message);
  expect(err).toContain('fix:');
  expect(status).toBe(1);
  expect(out).toBe('');
});

test('a directory that may not be written to is told likewise', () => {
  const closed = join(root, 'closed');
  mkdirSync(closed, { mode: 0o555 });
  // This capability lets a superuser write everywhere: capabilities(7).
  const mortal = isRoot ? ['setpriv', '--bounding-set=-dac_override'] : [];
  const { status, err } = execute([...mortal, ...kCreate], closed);
  expect(err).toMatch(/permission denied \(EACCES\)/);
  expect(err).toContain('fix:');
  expect(status).toBe(1);
  expect(treeOf(closed)).toEqual([]);
});
