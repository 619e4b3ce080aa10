/** What a pack's modules import: only what the user has trusted. */

import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { parse as Parse } from 'es-module-lexer';
import { messageOf } from '../../../error.ts';
import { type PackFolder, textOf } from '../../source/pack-folder.ts';

/**
 * Why the module at this path, or one it imports, cannot be loaded; null for good ones. Trust is
 * bound to the pack's files: another folder, or `node_modules`, can change without asking again.
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
      return `${path} is not an ES module, so what it requires cannot be known in advance`;
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

/** Node's own `module` isn't: through `createRequire` it could import any file. */
function isHarmless(name: string): boolean {
  return isBuiltin(name) && name.replace(/^node:/, '') !== 'module';
}
