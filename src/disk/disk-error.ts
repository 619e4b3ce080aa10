/** The file system's errors, as errors that give the cause and the next step. */

import { ExitCode, UserError } from '../error.ts';

const kFaults: Readonly<Record<string, { readonly cause: string; readonly fix: string }>> = {
  ENOENT: { cause: 'no such file or directory', fix: 'Check the path.' },
  EACCES: {
    cause: 'permission denied',
    fix: 'Choose a directory you can write to, or change its owner or mode.',
  },
  EPERM: {
    cause: 'operation not permitted',
    fix: 'Choose a directory you can write to.',
  },
  EROFS: { cause: 'the file system is read-only', fix: 'Choose a directory on a writable disk.' },
  ENOSPC: { cause: 'the disk is full', fix: 'Free some space, or choose another disk.' },
  EDQUOT: { cause: 'your disk quota is used up', fix: 'Free some space, or choose another disk.' },
  ENOTDIR: {
    cause: 'part of the path is a file, not a directory',
    fix: 'Choose another directory, or move that file away.',
  },
  ENAMETOOLONG: { cause: 'the path is too long', fix: 'Choose a shorter name or path.' },
  ELOOP: { cause: 'the path is a loop of symbolic links', fix: 'Choose another directory.' },
  EEXIST: {
    cause: 'something else appeared there in the meantime',
    fix: 'Run it again, or choose another directory.',
  },
  ENOTEMPTY: {
    cause: 'something else appeared there in the meantime',
    fix: 'Run it again, or choose another directory.',
  },
  EBUSY: {
    cause: 'it is in use, for example as a mount point',
    fix: 'Unmount it, or keep that file as your own (`owners` in hpserver.json).',
  },
  EXDEV: {
    cause: 'it is on another file system',
    fix: "Keep .hpserver and its folders on the project's file system.",
  },
  EMFILE: { cause: 'too many files are open', fix: 'Raise the limit: ulimit -n 4096.' },
  EFBIG: { cause: 'the file is too large', fix: 'Move it away, or make it smaller.' },
  EIO: { cause: 'the disk reports an input/output error', fix: 'Check the disk (dmesg).' },
};

/** A `UserError` (failure) if the system refused; anything else thrown is returned as it is. */
export function asDiskError(thrown: unknown, directory: string): unknown {
  const code = errorCode(thrown);
  const fault = code === null ? undefined : kFaults[code];
  if (fault === undefined) return thrown;
  const message = `cannot use ${directory}: ${fault.cause} (${code})`;
  return new UserError(ExitCode.failure, [{ at: directory, message, fix: fault.fix }], {
    cause: thrown,
  });
}

/** A system error's code, such as `ENOENT`; null for any other thrown value. */
export function errorCode(thrown: unknown): string | null {
  const isSystemError = thrown instanceof Error && 'code' in thrown;
  return isSystemError && typeof thrown.code === 'string' ? thrown.code : null;
}

/** True if the path doesn't exist, also because something above it isn't a folder. */
export function isAbsence(thrown: unknown): boolean {
  const code = errorCode(thrown);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
