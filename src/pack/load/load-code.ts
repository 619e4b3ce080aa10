/** The modules of a pack that the user trusts. Nobody else may call this. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode, UserError } from '../../error.ts';
import type { TemplateFunction } from '../../plan/assets.ts';
import type { Generator } from '../../plan/generator.ts';
import type { PackDocument } from '../document/document.ts';
import type { PackFolder } from '../source/pack-folder.ts';

export interface LoadedCode {
  readonly generators: readonly Generator[];
  readonly helpers: Readonly<Record<string, TemplateFunction>>;
}

/** Errors: `UserError` (failure) where a module fails or exports something else. */
export async function loadCode(document: PackDocument, folder: PackFolder): Promise<LoadedCode> {
  const { generators, helpers } = document;
  return {
    generators: generators === undefined ? [] : await generatorsIn(generators, folder),
    helpers: helpers === undefined ? {} : await helpersIn(helpers, folder),
  };
}

async function generatorsIn(path: string, folder: PackFolder): Promise<readonly Generator[]> {
  const { generators } = await moduleAt(path, folder);
  const isList = Array.isArray(generators) && generators.every(isGenerator);
  if (!isList) throw refusal(path, 'it exports no list "generators" with "id" and "files"');
  return generators.map((generator) => ({
    ...generator,
    questions: generator.questions ?? [],
    rules: generator.rules ?? [],
  }));
}

function isGenerator(value: unknown): value is Generator {
  if (typeof value !== 'object' || value === null) return false;
  const { id, files } = value as Partial<Generator>;
  return typeof id === 'string' && typeof files === 'function';
}

async function helpersIn(path: string, folder: PackFolder): Promise<LoadedCode['helpers']> {
  const exported = Object.entries(await moduleAt(path, folder)).filter(
    ([name]) => name !== 'default',
  );
  const strange = exported.find(([, call]) => typeof call !== 'function');
  if (strange !== undefined) throw refusal(path, `its export "${strange[0]}" is no function`);
  return Object.fromEntries(exported) as LoadedCode['helpers'];
}

async function moduleAt(
  path: string,
  { root, hash }: PackFolder,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    // The hash makes it another module after a change: Node keeps what it has loaded.
    return await import(`${pathToFileURL(join(root, path)).href}?${hash}`);
  } catch (cause) {
    throw refusal(path, `it fails: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
}

function refusal(path: string, why: string, cause?: unknown): UserError {
  const message = `${path} of the pack cannot be loaded: ${why}`;
  const issue = { at: path, message, fix: 'Mend it, or ask its author.' };
  return new UserError(ExitCode.failure, [issue], { cause });
}
