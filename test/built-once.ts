/** Builds that several test files, and processes, share: whoever comes first makes them. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { alone } from './lock.ts';

export interface SharedBuild<T> {
  /** Where it is built; what came of it is noted beside this folder. */
  readonly home: string;
  /** The folders of the repository that it is made from. */
  readonly from: readonly string[];
  readonly schema: z.ZodType<T>;
  readonly build: () => Promise<T>;
}

/** What the package holds of a project's core, without what is built there. */
export const kCoreFolders: readonly string[] = ['hpserver', 'generated', 'binding'].map(
  (name) => `native-core/${name}`,
);

/** What `build` gives, or has given if nothing in `from` has changed since. Errors: its own. */
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
