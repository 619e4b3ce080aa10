/** A tarball → a pack's files, without writing anything to the disk. */

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ReadEntry } from 'tar';
import { asDiskError, errorCode } from '../../disk/disk-error.ts';
import { ExitCode, messageOf, UserError } from '../../error.ts';
import { Gathering, kMaxFiles, kMaxPackBytes, type PackFolder } from './pack-folder.ts';

const kKinds: Readonly<Record<string, string>> = {
  SymbolicLink: 'symbolic link',
  Link: 'hard link',
};

/** Errors: `UserError` (usage) if it isn't a tarball, or contains what no pack may. */
export async function readTarball(file: string, source: string): Promise<PackFolder> {
  const { Parser } = await import('tar');
  const gathering = new Gathering(source);
  const entries: { readonly path: string; readonly mode: number; readonly bytes: Buffer }[] = [];
  let refused: unknown = null;
  let unpacked = 0;
  let count = 0;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      try {
        count += 1;
        if (count > kMaxFiles) throw gathering.refusal(`it has more than ${kMaxFiles} entries`);
        admit(entry, gathering);
      } catch (thrown) {
        refused ??= thrown;
      }
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => {
        unpacked += part.length;
        if (unpacked > kMaxPackBytes) refused ??= tooLarge(gathering);
        if (refused === null) parts.push(part);
        else parser.abort(new Error('refused'));
      });
      entry.on('end', () => {
        if (entry.type === 'Directory') return;
        entries.push({ path: pathOf(entry), mode: entry.mode ?? 0, bytes: Buffer.concat(parts) });
      });
    },
  });
  try {
    await pipeline(createReadStream(file), parser as unknown as NodeJS.WritableStream);
  } catch (thrown) {
    throw refused ?? unreadable(thrown, file, source);
  }
  if (refused !== null) throw refused;
  const prefix = sharedFolder(entries.map(({ path }) => path));
  for (const { path, mode, bytes } of entries) gathering.add(path.slice(prefix), mode, bytes);
  return gathering.finish(file);
}

/** Checks an entry before reading its bytes. Errors: `UserError` (usage). */
function admit({ type, path, size }: ReadEntry, gathering: Gathering): void {
  const isFile = type === 'File' || type === 'OldFile' || type === 'ContiguousFile';
  if (!isFile && type !== 'Directory') throw gathering.kindRefusal(path, kKinds[type] ?? type);
  // `tar czf x.tgz .` starts with the folder itself.
  if (type === 'Directory' && /^\.\/?$/.test(path)) return;
  gathering.look(pathOf({ path }).replace(/\/$/, ''), size);
}

/** Without the `./` that tar prepends to the contents of `.`. */
function pathOf({ path }: Pick<ReadEntry, 'path'>): string {
  return path.replace(/^\.\//, '');
}

function tooLarge(gathering: Gathering): UserError {
  return gathering.refusal(`it unpacks to more than ${kMaxPackBytes} bytes`);
}

/** The length of a folder that all paths share, such as `package/` in npm's tarballs. */
function sharedFolder(paths: readonly string[]): number {
  const folders = new Set(paths.map((path) => path.slice(0, path.indexOf('/') + 1)));
  const [only = ''] = folders;
  return folders.size === 1 ? only.length : 0;
}

function unreadable(thrown: unknown, file: string, source: string): unknown {
  if (errorCode(thrown) === 'ENOENT') {
    const issue = { at: source, message: `there is no file ${file}`, fix: 'Check its path.' };
    return new UserError(ExitCode.usage, [issue], { cause: thrown });
  }
  const isSystem = errorCode(thrown)?.startsWith('E') === true;
  if (isSystem) return asDiskError(thrown, file);
  const why = messageOf(thrown);
  const message = `cannot read ${file} as a tarball: ${why}`;
  const fix = 'Create it with "npm pack" or "tar czf".';
  return new UserError(ExitCode.usage, [{ at: source, message, fix }], { cause: thrown });
}
