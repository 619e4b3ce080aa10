/** Builds shared by several test files and processes: the first to need one makes it. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { alone } from './lock.ts';

export interface SharedBuild<T> {
  /** Where it is built; the result is recorded beside this folder. */
  readonly home: string;
  /** The repository folders it is made from. */
  readonly from: readonly string[];
  readonly schema: z.ZodType<T>;
  readonly build: () => Promise<T>;
}

/** The core's folders in the package, without build output. */
export const kCoreFolders: readonly string[] = ['hpserver', 'generated', 'binding'].map(
  (name) => `native-core/${name}`,
);

/**
 * What `build` returns, or has returned if nothing in `from` has changed since. Errors: its own.
 */
export function builtOnce<T>({ home, from, schema, build }: SharedBuild<T>): Promise<T> {
  return alone(home, async () => {
    const path = `${home}.json`;
    const key = keyOf(from);
    const kept = existsSync(path) ? record.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
    if (kept?.key === key) return schema.parse(kept.value);
    rmSync(path, { force: true });
    const value = await build();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ key, value }));
    return value;
  });
}

const record = z.object({ key: z.string(), value: z.unknown() });

const kRepository = resolve(import.meta.dirname, '..');

/** Equal for equal files. */
function keyOf(places: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of places.flatMap(filesAt)) {
    hash.update(`${path}\0`).update(readFileSync(join(kRepository, path)));
  }
  return hash.digest('hex');
}

function filesAt(place: string): readonly string[] {
  const path = join(kRepository, place);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(kRepository.length + 1))
    .sort();
}
