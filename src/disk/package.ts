/** This package's own files, wherever it is installed: the real `Assets`. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assets } from '../plan/assets.ts';

/**
 * The nearest folder above with a package.json: from source that is two folders up, from the bundle
 * one.
 */
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error('create-hpserver cannot find its package.json');
    folder = dirname(folder);
  }
  return folder;
}

/** Reads files of the package, each at most once per call of this function. */
export function packagedAssets(): Assets {
  const root = findRoot();
  const texts = new Map<string, string>();
  return {
    read: (path) => {
      const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8');
      texts.set(path, text);
      return text;
    },
    list: (folder) => {
      if (!existsSync(join(root, folder))) return [];
      return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .sort();
    },
  };
}

/** This package's version, as its package.json says. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(findRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
