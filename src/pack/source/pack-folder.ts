/** A pack's files in memory, once they are found acceptable. */

import { createHash } from 'node:crypto';
import { ExitCode, UserError } from '../../error.ts';
import { pathFault } from '../../plan/safe-path.ts';

export interface FolderFile {
  readonly bytes: Buffer;
  readonly mode: 0o644 | 0o755;
}

export interface PackFolder {
  /** The absolute path of the folder with these files: code is loaded from there. */
  readonly root: string;
  /** By their paths below it, sorted. */
  readonly files: ReadonlyMap<string, FolderFile>;
  /** SHA-256 over paths, modes and bytes: what trust is bound to. */
  readonly hash: string;
}

/** The largest size of one file, a template or an asset: 1 MiB. */
export const kMaxFileBytes: number = 1 << 20;
/** The largest size of all files together: 16 MiB. */
export const kMaxPackBytes: number = 1 << 24;
export const kMaxFiles = 2_000;

/** Takes the files one by one, and refuses what no pack may contain. */
export class Gathering {
  private readonly source: string;
  private readonly files = new Map<string, FolderFile>();
  private readonly folded = new Map<string, string>();
  private total = 0;

  /** `source`: the pack's name in refusals. */
  constructor(source: string) {
    this.source = source;
  }

  /** Errors: `UserError` (usage), with the reason. */
  add(path: string, mode: number, bytes: Buffer): void {
    this.look(path, bytes.length);
    const key = path.normalize('NFC').toLowerCase();
    const other = this.folded.get(key);
    if (other !== undefined) throw this.refusal(`${other} and ${path} differ only in case`);
    this.folded.set(key, path);
    this.total += bytes.length;
    if (this.total > kMaxPackBytes) throw this.refusal(`it is larger than ${kMaxPackBytes} bytes`);
    if (this.files.size === kMaxFiles) throw this.refusal(`it has more than ${kMaxFiles} files`);
    this.files.set(path, { bytes, mode: (mode & 0o100) === 0 ? 0o644 : 0o755 });
  }

  /** What can be checked before a file is read. Errors: `UserError` (usage). */
  look(path: string, size: number): void {
    const fault = pathFault(path);
    if (fault !== null) throw this.refusal(`its file ${JSON.stringify(path)} ${fault}`);
    if (size > kMaxFileBytes) throw this.refusal(`${path} is larger than ${kMaxFileBytes} bytes`);
  }

  /** For anything that is neither a file nor a folder: links, devices, sockets. */
  kindRefusal(path: string, kind: string): UserError {
    return this.refusal(`${path} is a ${kind}: packs are plain files`);
  }

  refusal(reason: string): UserError {
    const message = `the pack ${this.source} is refused: ${reason}`;
    const fix = 'Ask its author to fix it. No code was run, and nothing was written.';
    return new UserError(ExitCode.usage, [{ at: this.source, message, fix }]);
  }

  finish(root: string): PackFolder {
    const files = new Map([...this.files].sort(([a], [b]) => (a < b ? -1 : 1)));
    const hash = createHash('sha256');
    for (const [path, { bytes, mode }] of files) {
      hash.update(`${path}\0${mode.toString(8)}\0${bytes.length}\0`).update(bytes);
    }
    return { root, files, hash: hash.digest('hex') };
  }
}

/** The file as text; null if it is missing. Errors: `UserError` (usage) for other bytes. */
export function textOf({ files, root }: PackFolder, path: string): string | null {
  const file = files.get(path);
  if (file === undefined) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch (cause) {
    const message = `${path} of the pack ${root} is not UTF-8 text`;
    const fix = 'Save it as UTF-8, or leave it out.';
    throw new UserError(ExitCode.usage, [{ at: path, message, fix }], { cause });
  }
}
