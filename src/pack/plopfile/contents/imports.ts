/** Which files a module imports, as Node and jiti resolve them. */

import { existsSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { ts } from 'ts-morph';

/** Larger bundles are hashed but not searched for imports: they have hardly any. */
const kMaxScanned = 1 << 20;

/** The modules an installed module imports. */
export function scannedIn(text: string): readonly string[] {
  if (text.length > kMaxScanned) return [];
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/**
 * The absolute paths of the files that a module imports by these names. A file that isn't found is
 * left out, since loading the module gives a better message.
 */
export function importsOf(module: string, names: readonly string[]): readonly string[] {
  const wanted = [...new Set(names)].filter((name) => !isBuiltin(name));
  return [...new Set(wanted.flatMap((name) => placesOf(module, name)))];
}

/** Packages may have one file for `import` and another for `require`: both are included. */
function placesOf(module: string, name: string): readonly string[] {
  const required = attempt(() => createRequire(module).resolve(name));
  const conditions = ['node', 'import', 'module-sync'];
  const imported = attempt(() => {
    const url = createJiti(module).esmResolve(name, { parentURL: module, conditions, try: true });
    return url === undefined ? undefined : url.startsWith('file:') ? fileURLToPath(url) : url;
  });
  const found = [required, imported].filter((path) => path !== undefined && isFile(path));
  return found.length > 0 ? (found as string[]) : besideIt(module, name);
}

function attempt(find: () => string | undefined): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** For TypeScript: the name may lack its extension, or have that of the compiled file. */
function besideIt(module: string, name: string): readonly string[] {
  if (!/^\.{0,2}\//.test(name)) return [];
  const path = resolve(dirname(module), name);
  const stem = path.replace(/\.([cm]?)js$/, '');
  const endings = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'json'];
  const candidates = endings.flatMap((ending) => [`${stem}.${ending}`, `${path}/index.${ending}`]);
  return candidates.filter(isFile).slice(0, 1);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
