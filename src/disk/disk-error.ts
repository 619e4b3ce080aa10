/** What the file system may answer, as an error that says the cause and the next step. */

import { ExitCode, UserError } from '../error.ts';

const kFaults: Readonly<Record<string, { readonly cause: string; readonly fix: string }>> = {
  ENOENT: { cause: 'there is no such file or directory', fix: 'Check the path.' },
  EACCES: {
    cause: 'permission denied',
    fix: 'Choose a directory that you may write to, or change its owner or mode.',
  },
  EPERM: {
    cause: 'the system does not permit it',
    fix: 'Choose a directory that you may write to.',
  },
  EROFS: { cause: 'the file system is read-only', fix: 'Choose a directory on a writable disk.' },
  ENOSPC: { cause: 'the disk is full', fix: 'Free some space, or choose another disk.' },
  EDQUOT: { cause: 'your disk quota is used up', fix: 'Free some space, or choose another disk.' },
  ENOTDIR: {
    cause: 'a part of the path is a file, not a directory',
    fix: 'Choose another directory, or move that file away.',
  },
  ENAMETOOLONG: { cause: 'the path is too long', fix: 'Choose a shorter name or place.' },
  ELOOP: { cause: 'the path runs in a circle of symbolic links', fix: 'Choose another directory.' },
  EEXIST: {
    cause: 'something else appeared there meanwhile',
    fix: 'Run it again, or choose another directory.',
  },
  ENOTEMPTY: {
    cause: 'something else appeared there meanwhile',
    fix: 'Run it again, or choose another directory.',
  },
  EBUSY: {
    cause: 'something holds it, as a mount does',
    fix: 'Unmount it, or leave that file to yourself (`owners` in hpserver.json).',
  },
  EXDEV: {
    cause: 'it lies on another file system',
    fix: 'Keep .hpserver and its folders on the file system of the project.',
  },
  EMFILE: { cause: 'too many files are open', fix: 'Raise the limit: ulimit -n 4096.' },
  EFBIG: { cause: 'the file is too large', fix: 'Move it away, or make it smaller.' },
  EIO: { cause: 'the disk reports an input/output error', fix: 'Check the disk (dmesg).' },
};

/**
 * A `UserError` (failure) where the system refused; whatever else was thrown is returned as it is.
 */
export function asDiskError(thrown: unknown, directory: string): unknown {
  const code = errorCode(thrown);
  const fault = code === null ? undefined : kFaults[code];
  if (fault === undefined) return thrown;
  const message = `cannot use ${directory}: ${fault.cause} (${code})`;
  return new UserError(ExitCode.failure, [{ at: directory, message, fix: fault.fix }], {
    cause: thrown,
  });
}

/** `ENOENT` of a system error; null for any other thrown value. */
export function errorCode(thrown: unknown): string | null {
  const isSystemError = thrown instanceof Error && 'code' in thrown;
  return isSystemError && typeof thrown.code === 'string' ? thrown.code : null;
}

/** There is nothing of that name, nor can there be. */
export function isAbsence(thrown: unknown): boolean {
  const code = errorCode(thrown);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
