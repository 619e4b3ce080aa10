/**
 * Which files of a folder belong to its plopfile's pack: the plopfile, its imports and its
 * templates. The folder is often the root of a whole repository: nothing else in it belongs to the
 * pack.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ExitCode, UserError } from '../../../error.ts';
import { kDocumentName } from '../../document/document.ts';
import type { FolderFile, PackFolder } from '../../source/pack-folder.ts';
import { plopfileIn } from '../plopfile-in.ts';
import { isCode, isOwn } from './code-paths.ts';
import { importsOf, scannedIn } from './imports.ts';
import { kAnyModule, namedIn } from './named.ts';
import { templatesOf } from './templates.ts';

/** Generous: Inquirer and its imports are some 300 files, and TypeScript is one file of 9 MiB. */
const kMaxFiles = 5_000;
const kMaxBytes = 64 * 1024 * 1024;

/**
 * Null if the folder has an `hppack.json`, or no plopfile. Errors: `UserError` (usage) if the pack
 * is too large.
 */
export async function plopFolder(folder: string, source: string): Promise<PackFolder | null> {
  const plopfile = existsSync(join(folder, kDocumentName)) ? null : plopfileIn(folder);
  if (plopfile === null) return null;
  const root = await realpath(folder);
  const gathering = new Contents(root, source);
  await gathering.follow(await realpath(plopfile));
  return gathering.finish(folder);
}

class Contents {
  private readonly root: string;
  private readonly source: string;
  private readonly files = new Map<string, FolderFile>();
  private bytes = 0;

  constructor(root: string, source: string) {
    this.root = root;
    this.source = source;
  }

  /** Takes a module, and everything that it imports or refers to. */
  async follow(module: string): Promise<void> {
    const waiting = [module];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const bytes = await this.take(path);
      if (bytes === null || !isCode(path)) continue;
      const text = bytes.toString();
      if (!isOwn(relative(this.root, path))) {
        waiting.push(...importsOf(path, scannedIn(text)));
        continue;
      }
      const named = namedIn(path, text, this.root);
      waiting.push(...importsOf(path, named.imports));
      const found = await templatesOf(named, this.root);
      const modules = named.modules.length > 0 ? found.filter(isCode) : [];
      for (const each of found) if (!modules.includes(each)) await this.take(each);
      waiting.push(...modules);
      // No module was found in the folders that it mentions, so any file may be the module.
      if (named.modules.length > 0 && modules.length === 0) {
        waiting.push(...(await templatesOf({ ...named, templates: [kAnyModule] }, this.root)));
      }
    }
  }

  /** Returns the file's bytes; null if it was taken before. */
  private async take(path: string): Promise<Buffer | null> {
    const key = relative(this.root, path);
    if (this.files.has(key)) return null;
    const { mode, size } = await stat(path);
    this.bytes += size;
    if (this.bytes > kMaxBytes) throw this.refusal(`more than ${kMaxBytes} bytes`);
    if (this.files.size === kMaxFiles) throw this.refusal(`more than ${kMaxFiles} files`);
    const bytes = await readFile(path);
    this.files.set(key, { bytes, mode: (mode & 0o100) === 0 ? 0o644 : 0o755 });
    return bytes;
  }

  private refusal(what: string): UserError {
    const message = `the plopfile of ${this.source}, its imports and its templates are ${what}`;
    const fix = 'Move its generators to a separate folder, or import less.';
    return new UserError(ExitCode.usage, [{ at: this.source, message, fix }]);
  }

  finish(folder: string): PackFolder {
    const files = new Map([...this.files].sort(([a], [b]) => (a < b ? -1 : 1)));
    const hash = createHash('sha256');
    for (const [path, { bytes, mode }] of files) {
      hash.update(`${path}\0${mode.toString(8)}\0${bytes.length}\0`).update(bytes);
    }
    return { root: folder, files, hash: hash.digest('hex') };
  }
}
