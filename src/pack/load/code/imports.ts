/** What a pack's modules import: only what the user has trusted. */

import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { parse as Parse } from 'es-module-lexer';
import { messageOf } from '../../../error.ts';
import { type PackFolder, textOf } from '../../source/pack-folder.ts';

/**
 * Why the module at this path, or a module that it imports, must not be loaded; null if it may.
 * Trust is bound to the pack's own files: anything elsewhere, even in `node_modules`, could change
 * without the user being asked again.
 */
export async function importFault(start: string, folder: PackFolder): Promise<string | null> {
  const { init, parse } = await import('es-module-lexer');
  await init;
  const seen = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    if (!/\.m?js$/.test(path)) continue;
    const names = namesIn(textOf(folder, path) ?? '', path, parse);
    if (typeof names === 'string') return names;
    for (const name of names) {
      const found = name.startsWith('.') ? posix.join(posix.dirname(path), name) : null;
      if (found !== null && folder.files.has(found)) open.push(found);
      else if (!isHarmless(name))
        return `${path} imports "${name}", which is not a file of the pack`;
    }
  }
  return null;
}

/** What a module imports, or why that can't be determined. */
function namesIn(text: string, path: string, parse: typeof Parse): readonly string[] | string {
  try {
    const [imports, , , isModule] = parse(text, path);
    if (!isModule)
      return `${path} is not an ES module, so its imports cannot be checked in advance`;
    const names = imports.filter(({ d: kind }) => kind !== kMeta).map(({ n: name }) => name);
    const known = names.filter((name) => name !== undefined);
    const isKnown = known.length === names.length;
    return isKnown ? known : `${path} computes an import at run time`;
  } catch (thrown) {
    return `cannot read ${path}: ${messageOf(thrown)}`;
  }
}

/** How the lexer marks `import.meta`. */
const kMeta = -2;

/** Node's own modules are harmless, except `module`: its `createRequire` could import any file. */
function isHarmless(name: string): boolean {
  return isBuiltin(name) && name.replace(/^node:/, '') !== 'module';
}
